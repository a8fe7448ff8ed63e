"""Sharing a question, and saying what solved it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.activity.actions import record
from community.people.models import User

from ..models import MeToo, Post, Topic
from .tally import tally_topic


@transaction.atomic
def has_this_too(topic: Topic, *, by: User, at: datetime | None = None) -> bool:
    """The member shares the question; answer whether that is new."""
    is_new = MeToo.objects.get_or_create(
        topic=topic, member=by, defaults={"at": at or timezone.now()}
    )[1]
    if is_new:
        Topic.objects.filter(pk=topic.pk).update(me_too_count=F("me_too_count") + 1)
    return is_new


@transaction.atomic
def take_back_me_too(topic: Topic, *, by: User) -> bool:
    """The member does not share the question any more; answer whether they did."""
    did = bool(MeToo.objects.filter(topic=topic, member=by).delete()[0])
    if did:
        Topic.objects.filter(pk=topic.pk).update(me_too_count=F("me_too_count") - 1)
    return did


@transaction.atomic
def accept_solution(
    topic: Topic, post: Post | None, *, by: User, at: datetime | None = None
) -> bool:
    """Say which reply solved the question (None takes it back); answer whether that is a change.

    Only a published reply of this topic can. It is looked at after the UPDATE has taken the
    topic's row, as hiding does, so that neither overtakes the other.
    """
    at = at or timezone.now()
    other = Topic.objects.filter(pk=topic.pk).exclude(solution=post)
    if not other.update(solution=post, solved_at=at if post else None):
        return False
    if post is not None and not topic.posts.published().replies().filter(pk=post.pk).exists():
        transaction.set_rollback(True)
        return False
    topic.refresh_from_db()
    tally_topic(topic)
    if post is not None:
        record("topic.solved", topic, kind="topic", by=by, at=at, no=post.no)
    return True
