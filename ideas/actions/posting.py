"""Posting an idea, commenting on it, and withdrawing one that nobody else wants yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from community.activity.actions import record
from community.core.page_cache import forget_pages
from community.people.models import Store, User
from forum.actions import TopicLocked, reply, start_topic
from forum.models import Board, Post, Topic

from ..excerpts import keep_card_words
from ..models import Idea, IdeaStatusChange, Vote
from ..search import refresh_ideas
from ..statuses import TAKES_VOTES, Status
from .stances import take_side
from .timeline import add_to_timeline, move
from .voting import cast_vote


class CommentsClosed(Exception):
    """The idea takes no comments now."""


@transaction.atomic
def post_idea(
    board: Board,
    *,
    title: str,
    body: str,
    by: User,
    tags: Iterable[str] = (),
    store: Store | None = None,
    at: datetime | None = None,
) -> Idea:
    """Post an idea with its author's own vote, under the terms as they stand now.

    The same words again within a minute answer the first. Raises `Refused` where a gate says no,
    and `TextRefused` where the text cannot be rendered.
    """
    at = at or timezone.now()
    topic = start_topic(
        board, kind=Topic.Kind.IDEA, title=title, text=body, by=by, tags=tags, store=store, at=at
    )
    if there := Idea.objects.filter(pk=topic.pk).first():
        return there
    keep_card_words(topic, body)
    idea = Idea.objects.create(
        topic=topic,
        board=board,
        store=store,
        terms_version=settings.TERMS_VERSION,
        created_at=at,
    )
    add_to_timeline(
        idea, IdeaStatusChange.Kind.POSTED, status=Status.OPEN, at=at, by=by, byline=by.name
    )
    cast_vote(idea, by=by, at=at)
    refresh_ideas(idea.pk)
    idea.refresh_from_db()
    record("idea.posted", idea, kind="idea", by=by, at=at)
    return idea


@transaction.atomic
def comment(
    idea: Idea,
    *,
    text: str,
    by: User,
    as_staff: bool = False,
    reply_to: Post | None = None,
    side: str = "",
    at: datetime | None = None,
) -> Post:
    """Add a comment to the idea; `as_staff` puts it under the company's voice, which takes no side.

    Raises CommentsClosed where the idea takes none, and what `forum.actions.reply` raises.
    """
    if not Idea.objects.accepting_comments().filter(pk=idea.pk).exists():
        raise CommentsClosed(idea)
    if as_staff:  # the idea's row comes before its topic's, as it does in a decision
        Idea.objects.filter(pk=idea.pk).update(status=F("status"))
    try:
        post = reply(idea.topic, text=text, by=by, as_staff=as_staff, reply_to=reply_to, at=at)
    except TopicLocked as fault:
        raise CommentsClosed(idea) from fault
    if side and not as_staff:
        take_side(post, side)
    return post


@transaction.atomic
def withdraw_idea(idea: Idea, *, by: User, at: datetime | None = None) -> bool:
    """Take the idea back, while nobody but its author has voted; answer whether that was so."""
    at = at or timezone.now()
    if not move(idea, to=Status.WITHDRAWN, among=TAKES_VOTES):
        return False
    votes = Vote.objects.filter(Q(idea=idea) | Q(counted_on=idea))  # of joined ideas too
    if idea.imported_votes or votes.exclude(voter=by).exists():
        transaction.set_rollback(True)
        return False
    add_to_timeline(
        idea, IdeaStatusChange.Kind.WITHDRAWN, status=Status.WITHDRAWN, at=at, by=by, byline=by.name
    )
    refresh_ideas(idea.pk)
    record("idea.withdrawn", idea, kind="idea", by=by, at=at)
    forget_pages()
    return True
