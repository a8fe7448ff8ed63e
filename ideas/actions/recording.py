"""A customer's vote that staff record for them, and the letter that says so."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from community.activity.actions import audit
from community.core.gates import Refused
from community.notifications.actions import owe_mail
from community.people.actions import member_with_address
from community.people.models import User

from ..models import Idea, Vote
from ..recorded import removal_path
from .voting import cast_vote

LETTER = "ideas/mail/recorded"


@transaction.atomic
def record_vote(
    idea: Idea,
    *,
    email: str,
    note: str,
    by: User,
    voted_at: datetime | None = None,
    at: datetime | None = None,
) -> bool:
    """Cast the vote of the customer with this address, as of when they asked for it.

    A customer nobody knew becomes a member who has proved nothing yet. Answers whether the vote is
    new: then it is in the log, and the customer gets one letter with a link that removes it. Whom
    it belongs to is nobody's business here: callers say the same to staff in any case. Raises
    VotingClosed.
    """
    at = at or timezone.now()
    voter = member_with_address(email, at=at)
    try:
        is_new = cast_vote(
            idea,
            by=voter,
            source=Vote.Source.STAFF,
            recorded_by=by,
            note=note,
            at=min(voted_at or at, at),
        )
    except Refused:
        return False
    if is_new:
        mine = Vote.objects.filter(voter=voter, recorded_by=by).select_related("idea__topic")
        _write(mine.latest("pk"), by, at)
    return is_new


def _write(vote: Vote, by: User, at: datetime) -> None:
    """Say it in the log, and to the customer."""
    topic = vote.idea.topic
    after = {"vote": vote.pk, "voted": vote.at.date().isoformat(), "note": vote.note}
    audit("vote.recorded", vote.idea, kind="idea", by=by, after=after, at=at)
    context = {
        "title": topic.title,
        "by": by.name,
        "note": vote.note,
        "url": settings.SITE_URL + topic.get_absolute_url(),
        "remove_url": settings.SITE_URL + removal_path(vote),
    }
    key = f"recorded:{vote.pk}"
    owe_mail(vote.voter, key=key, category="", template=LETTER, context=context, at=at)
