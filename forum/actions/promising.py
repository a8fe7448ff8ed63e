"""Saying in public when something will be done, and whether it was."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from community.activity.actions import audit, record
from community.people.models import User

from ..models import Promise, Topic


def make_promise(topic: Topic, *, due_on: date, by: User | None, at: datetime) -> Promise:
    """Promise in this topic to be done by the end of that day."""
    return Promise.objects.create(topic=topic, due_on=due_on, made_by=by, made_at=at)


@transaction.atomic
def close_promise(
    promise: Promise,
    *,
    kept: bool,
    by: User | None,
    note: str = "",
    at: datetime | None = None,
) -> bool:
    """Mark the promise kept or missed; answer whether it is a change.

    A missed one may be kept late.

    `by` is None when its day passed and the sweep marked it.
    """
    at = at or timezone.now()
    before = Promise.State.OPEN, *([Promise.State.MISSED] if kept else [])
    after = Promise.State.KEPT if kept else Promise.State.MISSED
    closable = Promise.objects.filter(pk=promise.pk, state__in=before)
    if not closable.update(state=after, closed_by=by, closed_at=at, note=note):
        return False
    was = promise.state
    promise.refresh_from_db()
    audit(
        f"promise.{after}",
        promise,
        kind="promise",
        by=by,
        before={"state": was},
        after={"state": after, "due_on": promise.due_on.isoformat()},
        reason=note,
        at=at,
    )
    record(f"promise.{after}", promise, kind="promise", by=by, at=at, topic=promise.topic_id)
    return True
