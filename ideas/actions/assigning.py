"""Giving a case to somebody: by a colleague, with a notice; or from hand to hand."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.activity.actions import audit, record
from community.people.models import User

from ..models import Escalation, IdeaStatusChange
from ..statuses import Status
from .calling import notice_review
from .timeline import add_to_timeline, move


@transaction.atomic
def assign(escalation: Escalation, *, to: User, by: User, at: datetime | None = None) -> bool:
    """Give the open case to a reviewer, also from another's hands; answer whether that is news.

    The idea's row is changed before the case's, as everywhere here. That they may review is the
    caller's duty.
    """
    at = at or timezone.now()
    idea = escalation.idea
    started = move(idea, to=Status.IN_REVIEW, among=(Status.RAISED,))
    before = escalation.taken_by
    not_theirs = Escalation.objects.open().filter(pk=escalation.pk).exclude(taken_by=to)
    if not not_theirs.update(state=Escalation.State.TAKEN, taken_by=to, taken_at=at):
        transaction.set_rollback(True)
        return False
    escalation.refresh_from_db()
    if started:
        kind = IdeaStatusChange.Kind.REVIEW_STARTED
        add_to_timeline(idea, kind, status=Status.IN_REVIEW, at=at, by=to, byline=to.name)
        record("idea.review_started", idea, kind="idea", by=by, at=at, escalation=escalation.pk)
    audit(
        "escalation.assigned",
        escalation,
        kind="escalation",
        by=by,
        before={"taken_by": before.name if before else ""},
        after={"taken_by": to.name},
        at=at,
    )
    if to != by:
        key = f"assigned:{escalation.pk}:{at.isoformat()}"
        notice_review(
            [to], "review.assigned", kind="escalation", object_id=escalation.pk, key=key, at=at
        )
    return True
