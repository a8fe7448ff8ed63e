"""What became of a promise: kept or missed, said by a person or by the day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.core.page_cache import forget_pages
from community.core.wake import wake
from community.people.models import User
from forum.actions import close_promise
from forum.models import Promise

from ..models import Decision, IdeaStatusChange, Outcome, Telling
from ..statuses import Status
from .timeline import add_to_timeline, move

PROMISED = (Status.PLANNED, Status.PILOT)


@transaction.atomic
def keep_promise(
    decision: Decision, *, by: User, note: str = "", at: datetime | None = None
) -> bool:
    """Say that what was decided is done, also when it is late; answer whether that is news.

    The idea becomes `done`, and everybody who was told of the decision is told of this too.
    """
    at = at or timezone.now()
    if not _close(decision, kept=True, by=by, note=note, at=at):
        return False
    Outcome.objects.get_or_create(decision=decision, defaults={"published_at": at})
    forget_pages()
    wake("ideas.tell", Telling.News.OUTCOME, decision.pk)
    return True


@transaction.atomic
def miss_promise(
    decision: Decision, *, by: User | None = None, note: str = "", at: datetime | None = None
) -> bool:
    """Say in public that the day was missed; answer whether that is news. It can be kept late."""
    if not _close(decision, kept=False, by=by, note=note, at=at or timezone.now()):
        return False
    forget_pages()
    return True


def miss_due(at: datetime) -> int:
    """Mark every promise of a decision whose day has passed, in the site's zone; say how many."""
    today = timezone.localtime(at, timezone.get_default_timezone()).date()
    late = Decision.objects.filter(promise__in=Promise.objects.overdue(today))
    return sum(miss_promise(decision, at=at) for decision in late.select_related("idea", "promise"))


def _close(decision: Decision, *, kept: bool, by: User | None, note: str, at: datetime) -> bool:
    """Close the promise and write the timeline; the idea's row comes first, as everywhere here."""
    promise, idea = decision.promise, decision.idea
    if promise is None or decision.is_taken_back:
        return False
    if kept:
        move(idea, to=Status.DONE, among=PROMISED)
    if not close_promise(promise, kept=kept, by=by, note=note, at=at):
        transaction.set_rollback(True)
        return False
    kinds = IdeaStatusChange.Kind
    add_to_timeline(
        idea,
        kinds.PROMISE_KEPT if kept else kinds.PROMISE_MISSED,
        status=idea.status,
        at=at,
        by=by,
        byline=by.name if by else "",
        note=note,
        date=promise.due_on.isoformat(),
    )
    return True
