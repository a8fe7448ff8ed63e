"""Claiming owed rows, so that of several workers one does each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


@transaction.atomic
def claim(due: QuerySet[Row], *, at: datetime, minutes: int = 5, limit: int = 100) -> list[Row]:
    """Take up to `limit` of the due rows for some minutes, by a conditional UPDATE.

    `due` must leave out rows whose `claimed_until` lies ahead; a claim that a killed worker left
    behind runs out by itself. Rows that another worker took meanwhile are not answered.
    """
    until = at + timedelta(minutes=minutes)
    keys = list(due.order_by("pk").values_list("pk", flat=True)[:limit])
    mine = [key for key in keys if due.filter(pk=key).update(claimed_until=until)]
    return list(due.model._default_manager.filter(pk__in=mine).order_by("pk"))
