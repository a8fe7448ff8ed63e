"""Hiding a post and bringing it back. Nothing is deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.activity.actions import audit, record
from community.core.page_cache import forget_pages
from community.people.models import User

from ..models import Post, Topic
from .tally import tally_topic


@transaction.atomic
def hide_post(post: Post, *, by: User, reason: str, at: datetime | None = None) -> bool:
    """Take the post from everybody but its author and moderators; answer whether it was public.

    An opening post takes its whole topic along. The reason is public in the log, and its author
    reads it.
    """
    at = at or timezone.now()
    _hold_row(post.topic)
    shown = Post.objects.filter(pk=post.pk).exclude(state=Post.State.HIDDEN)
    if not shown.update(state=Post.State.HIDDEN, hidden_at=at, hidden_reason=reason):
        return False
    _after(post, "post.hidden", by=by, before="published", after="hidden", reason=reason, at=at)
    return True


@transaction.atomic
def restore_post(post: Post, *, by: User, reason: str, at: datetime | None = None) -> bool:
    """Show the post again; answer whether it was hidden."""
    at = at or timezone.now()
    _hold_row(post.topic)
    hidden = Post.objects.filter(pk=post.pk, state=Post.State.HIDDEN)
    if not hidden.update(state=Post.State.PUBLISHED, hidden_at=None, hidden_reason=""):
        return False
    _after(post, "post.restored", by=by, before="hidden", after="published", reason=reason, at=at)
    return True


def _hold_row(topic: Topic) -> None:
    """Take the topic's row, so that its posts are counted one change after another."""
    Topic.objects.filter(pk=topic.pk).update(highest_no=F("highest_no"))


def _after(
    post: Post, verb: str, *, by: User, before: str, after: str, reason: str, at: datetime
) -> None:
    """What both verbs share: the topic's stored facts, the log, what follows, and cached pages."""
    post.refresh_from_db()
    topic = Topic.objects.get(pk=post.topic_id)
    if post.no == 1:
        topic.hidden_at = post.hidden_at
        topic.save(update_fields=["hidden_at"])
    tally_topic(topic)
    if post.reply_to_id:
        answers = Post.objects.filter(reply_to=post.reply_to_id).published().count()
        Post.objects.filter(pk=post.reply_to_id).update(answer_count=answers)
    audit(
        verb, post, kind="post", by=by, before={"state": before}, after={"state": after},
        reason=reason, at=at,
    )
    record(verb, post, kind="post", by=by, at=at, reason=reason)
    forget_pages()
