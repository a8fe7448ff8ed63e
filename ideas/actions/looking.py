"""Saying that one has seen what became of one's ideas and votes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from community.people.models import User

from ..models import Look


@transaction.atomic
def mark_seen(member: User, *, up_to: datetime) -> bool:
    """The member has seen what happened up to this moment; answer whether that is a change.

    It only goes forward, so that a page left open somewhere brings nothing back.
    """
    is_new = Look.objects.get_or_create(member=member, defaults={"at": up_to})[1]
    return is_new or bool(Look.objects.filter(member=member, at__lt=up_to).update(at=up_to))
