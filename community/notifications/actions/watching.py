"""Following a thing, or asking not to hear of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from community.people.models import User

from ..models import Watch


def watch(
    user: User,
    kind: str,
    object_id: int,
    level: str = Watch.Level.ALL,
    *,
    at: datetime | None = None,
) -> None:
    """Follow the thing at this level; the last word counts. `none` also keeps decisions away."""
    Watch.objects.bulk_create(
        [Watch(user=user, kind=kind, object_id=object_id, level=level, at=at or timezone.now())],
        update_conflicts=True,
        unique_fields=["user", "kind", "object_id"],
        update_fields=["level"],
    )


def watchers(kind: str, object_id: int, levels: Iterable[str]) -> QuerySet[Watch, int]:
    """The ids of the members who watch the thing at one of these levels."""
    watches = Watch.objects.filter(kind=kind, object_id=object_id, level__in=list(levels))
    return watches.values_list("user_id", flat=True)
