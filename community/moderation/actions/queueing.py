"""Putting before the moderators what is not a report, and taking it off when it is decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from community.people.models import User

from ..models import Review


def queue(kind: str, object_id: int, *, at: datetime) -> None:
    """Put the thing into the queue, once while it is open. The kind is one of `..queued`."""
    there = {"kind": kind, "object_id": object_id, "closed_at": None}
    Review.objects.get_or_create(**there, defaults={"opened_at": at})


def close_queued(kind: str, object_ids: Iterable[int], *, by: User | None, at: datetime) -> int:
    """Take these things off the queue; answer how many were on it. What was done says its app."""
    mine = Review.objects.open().filter(kind=kind, object_id__in=list(object_ids))
    return mine.update(closed_by=by, closed_at=at)
