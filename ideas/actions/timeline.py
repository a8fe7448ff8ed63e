"""The public timeline: lines are added, never changed."""

from __future__ import annotations

from datetime import datetime

from community.people.models import User

from ..models import Idea, IdeaStatusChange


def add_to_timeline(
    idea: Idea,
    kind: str,
    *,
    status: str,
    at: datetime,
    by: User | None = None,
    byline: str = "",
    note: str = "",
    **facts: object,
) -> IdeaStatusChange:
    """Append what happened to the idea, with the status it has since."""
    return IdeaStatusChange.objects.create(
        idea=idea, kind=kind, status=status, at=at, by=by, byline=byline, note=note, data=facts
    )


def move(idea: Idea, *, to: str, among: tuple[str, ...]) -> bool:
    """Set the status if it is one of these now (a conditional UPDATE); answer whether it was."""
    moved = bool(Idea.objects.filter(pk=idea.pk, status__in=among).update(status=to))
    if moved:
        idea.status = to
    return moved
