"""Taking a case back: votes were withdrawn or found invalid before anybody took it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from community.activity.actions import record
from community.notifications.actions import stop_mails
from community.notifications.models import Notification
from community.people.models import User

from ..crossing import fallen_below
from ..models import Escalation, Idea, IdeaStatusChange
from ..statuses import UNDER_REVIEW, Status
from .calling import notice_review
from .timeline import add_to_timeline

CALLS = ("raised", "reminded_at", "due_reminded_at", "late")


def unraise_due(at: datetime) -> int:
    """Take back every case whose idea has fallen below its rule; answer how many."""
    ideas = fallen_below(at=at).order_by().values_list("idea", flat=True).distinct()
    return sum(unraise_if_below(idea_id, at=at) for idea_id in list(ideas))


@transaction.atomic
def unraise_if_below(idea_id: int, *, at: datetime | None = None) -> int:
    """Take back the cases of this idea that its votes no longer carry; answer how many.

    Only those that nobody has taken: a review that has begun goes on. The idea's row is taken
    first, as by every act on its cases. It may be raised again.
    """
    at = at or timezone.now()
    here = Idea.objects.filter(pk=idea_id, status__in=UNDER_REVIEW)
    if not here.update(status=F("status")):
        return 0
    below = fallen_below(at=at).filter(idea=idea_id).select_related("rule", "department")
    return sum(_take_back(case, at=at) for case in list(below))


def _take_back(case: Escalation, *, at: datetime) -> bool:
    waiting = Escalation.objects.filter(pk=case.pk, state=Escalation.State.WAITING)
    if not waiting.update(state=Escalation.State.UNRAISED, closed_at=at):
        return False
    idea = Idea.objects.select_related("topic").get(pk=case.idea_id)
    status = status_by_cases(idea.pk)
    Idea.objects.filter(pk=idea.pk).update(status=status)
    add_to_timeline(
        idea,
        IdeaStatusChange.Kind.UNRAISED,
        status=status,
        at=at,
        rule=case.rule.name,
        votes=idea.vote_count,
    )
    record("idea.unraised", idea, kind="idea", at=at, escalation=case.pk)
    call_off(case, "idea.unraised", at=at)
    return True


def status_by_cases(idea_id: int) -> Status:
    """What the open cases of an idea make it: in review, raised, or open again."""
    states = set(Escalation.objects.open().filter(idea=idea_id).values_list("state", flat=True))
    if Escalation.State.TAKEN in states:
        return Status.IN_REVIEW
    return Status.RAISED if states else Status.OPEN


def call_off(case: Escalation, verb: str, *, at: datetime) -> None:
    """Unread notices of the case go, and mail not sent yet; who knows of it hears how it ended."""
    for call in CALLS:
        stop_mails(f"{call}:{case.pk}")
    notices = Notification.objects.filter(key__in=[f"{call}:{case.pk}" for call in CALLS])
    read = notices.exclude(read_at=None).values("user")
    knows = User.objects.filter(Q(pk__in=read) | Q(pk=case.taken_by_id))
    people = list(knows.order_by("pk").values_list("pk", flat=True))
    notices.unread().delete()
    key = f"{verb}:{case.pk}:{at.isoformat()}"
    notice_review(people, verb, kind="escalation", object_id=case.pk, key=key, at=at)
