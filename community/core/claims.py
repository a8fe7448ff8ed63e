"""Claims: of several workers one does each owed row, and a killed one holds its row up for minutes.

The model has `claimed_until`, a nullable time, and may count its `attempts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone

Row = TypeVar("Row", bound=Model)


def claim(
    due: QuerySet[Row], *, minutes: float = 5, limit: int = 100, at: datetime | None = None
) -> Iterator[Row]:
    """The due rows that became ours, `limit` at most, each claimed as the loop reaches it.

    Claiming late keeps a long batch from outliving its claims. Each claim is one conditional
    UPDATE that asks again whether the row is due, so what another worker did meanwhile is left out.
    The row stays claimed until it is marked done or the minutes are over.
    """
    at = at or timezone.now()
    claimed: dict[str, object] = {"claimed_until": at + timedelta(minutes=minutes)}
    if _counts_attempts(due.model):
        claimed["attempts"] = F("attempts") + 1
    free = due.filter(Q(claimed_until=None) | Q(claimed_until__lte=at))
    for row in list(free[:limit]):
        if free.order_by().filter(pk=row.pk).update(**claimed):
            row.refresh_from_db(fields=list(claimed))
            yield row


def _counts_attempts(model: type[Model]) -> bool:
    try:
        model._meta.get_field("attempts")
    except FieldDoesNotExist:
        return False
    return True
