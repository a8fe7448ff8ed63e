"""Hiding a post and bringing it back. Nothing is deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.activity.actions import audit, record
from community.core.page_cache import forget_pages
from community.people.models import User

from ..models import Post, Topic
from .holding import hold_topic
from .tally import tally_topic


@transaction.atomic
def hide_post(post: Post, *, by: User, reason: str, at: datetime | None = None) -> bool:
    """Take the post from everybody but its author and moderators; answer whether it was shown.

    An opening post takes its whole topic along; a question whose solution is hidden is not solved
    until it is back. The reason is public in the log, and its author reads it.
    """
    at = at or timezone.now()
    topic = hold_topic(post.topic)
    before = Post.objects.values_list("state", flat=True).get(pk=post.pk)
    shown = Post.objects.filter(pk=post.pk).exclude(state=Post.State.HIDDEN)
    if not shown.update(state=Post.State.HIDDEN, hidden_at=at, hidden_reason=reason):
        return False
    _follow(post, topic, at=at)
    _write_down(post, "post.hidden", by=by, before=before, reason=reason, at=at)
    return True


@transaction.atomic
def restore_post(post: Post, *, by: User, reason: str, at: datetime | None = None) -> bool:
    """Show the post again; answer whether it was hidden."""
    at = at or timezone.now()
    topic = hold_topic(post.topic)
    hidden = Post.objects.filter(pk=post.pk, state=Post.State.HIDDEN)
    if not hidden.update(state=Post.State.PUBLISHED, hidden_at=None, hidden_reason=""):
        return False
    _follow(post, topic, at=at)
    _write_down(post, "post.restored", by=by, before=Post.State.HIDDEN, reason=reason, at=at)
    return True


def _follow(post: Post, topic: Topic, *, at: datetime) -> None:
    """Bring along what the topic, and the post replied to, store about this post."""
    post.refresh_from_db()
    if post.no == 1:
        topic.hidden_at = post.hidden_at
    if topic.solution_id == post.pk:
        topic.solved_at = None if post.is_hidden else at
    topic.save(update_fields=["hidden_at", "solved_at"])
    tally_topic(topic)
    if post.reply_to_id:
        answers = Post.objects.filter(reply_to=post.reply_to_id).published().count()
        Post.objects.filter(pk=post.reply_to_id).update(answer_count=answers)


def _write_down(post: Post, verb: str, *, by: User, before: str, reason: str, at: datetime) -> None:
    """The log, what follows from it, and the end of every cached page that showed it otherwise."""
    audit(
        verb,
        post,
        kind="post",
        by=by,
        before={"state": before},
        after={"state": post.state},
        reason=reason,
        at=at,
    )
    record(verb, post, kind="post", by=by, at=at, reason=reason)
    forget_pages()
