"""Saying that something breaks the rules."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core.gates import Refused
from community.people.models import User

from ..models import Report, Review
from ..permissions import may_report
from ..subjects import Subject

ATTEMPTS = 3


class ReviewClosed(Exception):
    """A moderator decided in this very moment."""


def report(
    subject: Subject, *, by: User, reason: str, note: str = "", at: datetime | None = None
) -> bool:
    """Put the thing before the moderators; answer whether this member's report is new.

    All who report a thing share its one open review; a second report of the same member changes
    nothing. Raises Refused for one's own text, and for suspended members.
    """
    if not may_report(by, subject.author_id):
        raise Refused(_("You cannot report this."))
    for _attempt in range(ATTEMPTS):
        try:
            return _add(subject, by=by, reason=reason, note=note, at=at or timezone.now())
        except ReviewClosed:  # so this report begins the next review
            continue
    raise Refused(_("A moderator is looking at this right now. Please try again in a minute."))


@transaction.atomic
def _add(subject: Subject, *, by: User, reason: str, note: str, at: datetime) -> bool:
    """Add the report to the open review, or to a new one, and count it.

    The count is a conditional UPDATE: it waits for a moderator who closes the review, and then
    finds it closed. Raises ReviewClosed.
    """
    review, _is_new = Review.objects.get_or_create(
        kind=subject.kind, object_id=subject.pk, closed_at=None, defaults={"opened_at": at}
    )
    _own, is_new = Report.objects.get_or_create(
        review=review, reporter=by, defaults={"reason": reason, "note": note, "at": at}
    )
    counted = Review.objects.open().filter(pk=review.pk)
    if is_new and not counted.update(report_count=F("report_count") + 1):
        raise ReviewClosed
    return is_new
