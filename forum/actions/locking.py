"""Closing a topic to new posts, with a reason for everybody to read, and opening it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.activity.actions import audit, record
from community.core.page_cache import forget_pages
from community.people.models import User

from ..models import Topic


@transaction.atomic
def lock_topic(topic: Topic, *, by: User, reason: str, at: datetime | None = None) -> bool:
    """Take no more posts and no edits; answer whether the topic was open. Votes go on.

    The reason stands in public where the form was.
    """
    at = at or timezone.now()
    open_one = Topic.objects.filter(pk=topic.pk, locked_at=None)
    if not open_one.update(locked_at=at, locked_reason=reason):
        return False
    topic.locked_at, topic.locked_reason = at, reason
    _write_down(topic, "topic.locked", by=by, reason=reason, at=at)
    return True


@transaction.atomic
def unlock_topic(topic: Topic, *, by: User, reason: str, at: datetime | None = None) -> bool:
    """Take posts again; answer whether the topic was locked."""
    at = at or timezone.now()
    locked = Topic.objects.filter(pk=topic.pk, locked_at__isnull=False)
    if not locked.update(locked_at=None, locked_reason=""):
        return False
    topic.locked_at, topic.locked_reason = None, ""
    _write_down(topic, "topic.unlocked", by=by, reason=reason, at=at)
    return True


def _write_down(topic: Topic, verb: str, *, by: User, reason: str, at: datetime) -> None:
    """The log, what follows from it, and the end of every cached page with the other words."""
    is_locked = topic.locked_at is not None
    states = {True: {"state": "open"}, False: {"state": "locked"}}
    audit(
        verb,
        topic,
        kind="topic",
        by=by,
        before=states[is_locked],
        after=states[not is_locked],
        reason=reason,
        at=at,
    )
    record(verb, topic, kind="topic", by=by, at=at)
    forget_pages()
