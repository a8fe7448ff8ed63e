"""Hiding a post, holding it, and bringing it back. Nothing is deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.activity.actions import audit, record
from community.core.page_cache import forget_pages
from community.people.models import User

from ..models import Post, Topic
from ..search import refresh_topic
from .holding import hold_topic
from .publishing import record_published, render_post
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
    """Show the post again; answer whether it was hidden.

    One that was held before it was hidden is published by that, for the first time.
    """
    at = at or timezone.now()
    return _show(post, Post.State.HIDDEN, "post.restored", by=by, reason=reason, at=at)


@transaction.atomic
def release_post(post: Post, *, by: User, reason: str = "", at: datetime | None = None) -> bool:
    """Publish what a gate held, with all that follows from a new post; answer whether it was held.

    It keeps its number and the time it was written.
    """
    at = at or timezone.now()
    return _show(post, Post.State.HELD, "post.released", by=by, reason=reason, at=at)


def hold_published(post: Post, *, reason: str, at: datetime) -> bool:
    """Take back what was public until a moderator has looked; answer whether it was public.

    Call inside a transaction: an edit brought words that a gate holds.
    """
    topic = hold_topic(post.topic)
    public = Post.objects.published().filter(pk=post.pk)
    if not public.update(state=Post.State.HELD, held_at=at, held_reason=reason):
        return False
    _follow(post, topic, at=at)
    record("post.held", post, kind="post", by=post.author, at=at)
    forget_pages()
    return True


def _show(
    post: Post, before: Post.State, verb: str, *, by: User, reason: str, at: datetime
) -> bool:
    """Bring the post from that state before the public; answer whether it was in it."""
    topic = hold_topic(post.topic)
    held_at = Post.objects.values_list("held_at", flat=True).get(pk=post.pk)
    shown = {"state": Post.State.PUBLISHED, "hidden_at": None, "hidden_reason": ""}
    was = Post.objects.filter(pk=post.pk, state=before)
    if not was.update(held_at=None, held_reason="", **shown):
        return False
    _follow(post, topic, at=at)
    _write_down(post, verb, by=by, before=before, reason=reason, at=at)
    if held_at is not None:
        record_published(post, render_post(post.text), by=post.author, at=at)
    return True


def _follow(post: Post, topic: Topic, *, at: datetime) -> None:
    """Bring along what the topic, and the post replied to, store about this post."""
    post.refresh_from_db()
    if post.no == 1:
        topic.hidden_at = post.hidden_at or post.held_at
    if topic.solution_id == post.pk:
        topic.solved_at = at if post.is_public else None
    topic.save(update_fields=["hidden_at", "solved_at"])
    if post.no == 1:
        refresh_topic(topic)
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
