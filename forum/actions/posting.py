"""Starting topics and replying to them. A double click, or a retry within a minute, posts once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from community.activity.actions import record
from community.core.text import excerpt, slug_of
from community.people.models import Store, User

from ..models import Board, Post, Topic
from ..search import refresh_topic
from .publishing import (
    EXCERPT,
    PostAct,
    render_post,
    staff_mark,
    standing_by_gates,
    write_post,
)
from .tagging import set_tags
from .tally import with_one_more

SAME_WITHIN = timedelta(minutes=1)


class TopicLocked(Exception):
    """The topic takes no more posts."""


@transaction.atomic
def start_topic(
    board: Board,
    *,
    kind: str,
    title: str,
    text: str,
    by: User,
    tags: Iterable[str] = (),
    store: Store | None = None,
    at: datetime | None = None,
) -> Topic:
    """Begin a topic with its opening post; the same words again within a minute answer the first.

    Raises Refused where a gate says no, TextRefused where the text cannot be rendered.
    """
    at = at or timezone.now()
    standing = standing_by_gates(PostAct(by=by, text=text, board=board, title=title, at=at))
    rendered = render_post(text)
    if twin := _topic_just_started(board, title=title, text=text, by=by, at=at):
        return twin
    is_public = not standing.is_held
    topic = Topic.objects.create(
        board=board,
        kind=kind,
        title=title,
        slug=slug_of(title),
        excerpt=excerpt(rendered.excerpt, EXCERPT),
        author=by,
        store=store,
        created_at=at,
        last_post_at=at,
        last_poster=by,
        highest_no=1,
        waiting_since=at if is_public and kind == Topic.Kind.QUESTION else None,
        hidden_at=None if is_public else at,
    )
    set_tags(topic, tags)
    record("topic.started", topic, kind="topic", by=by, at=at)
    write_post(topic, rendered, no=1, by=by, text=text, standing=standing, at=at)
    if kind == Topic.Kind.QUESTION:  # an idea is one only when its own row is there
        refresh_topic(topic)
    return topic


@transaction.atomic
def reply(
    topic: Topic,
    *,
    text: str,
    by: User,
    as_staff: bool = False,
    reply_to: Post | None = None,
    at: datetime | None = None,
) -> Post:
    """Add a post to the topic; `as_staff` puts it under the company's voice, signed by the writer.

    The same words again within a minute answer the first post. Raises TopicLocked; Refused where a
    gate says no or the writer is no employee; TextRefused where the text cannot be rendered.
    """
    at = at or timezone.now()
    act = PostAct(by=by, text=text, board=topic.board, topic=topic, as_staff=as_staff, at=at)
    standing = standing_by_gates(act)
    mark = staff_mark(by, as_staff=as_staff)
    rendered = render_post(text)
    is_public = not standing.is_held
    no, twin = _take_number(topic, by=by, text=text, as_staff=as_staff, is_public=is_public, at=at)
    if twin is not None:
        transaction.set_rollback(True)
        return twin
    post = write_post(
        topic,
        rendered,
        no=no,
        by=by,
        text=text,
        standing=standing,
        at=at,
        voice=mark.voice,
        byline=mark.byline,
        reply_to=reply_to,
    )
    if reply_to is not None and is_public:
        Post.objects.filter(pk=reply_to.pk).update(answer_count=F("answer_count") + 1)
    return post


def _take_number(
    topic: Topic, *, by: User, text: str, as_staff: bool, is_public: bool, at: datetime
) -> tuple[int, Post | None]:
    """The next number of the topic, or a post that says the same already.

    The first statement is an UPDATE, so two replies at once wait for one another, and the second
    reads what the first wrote: no two get one number, and of two same ones the second is seen.
    It also carries what the topic stores about its posts, so that a topic of 500 costs no more.
    """
    taken = {"highest_no": F("highest_no") + 1}
    if is_public:
        taken |= with_one_more(topic, by=by, as_staff=as_staff, at=at)
    if not Topic.objects.filter(pk=topic.pk, locked_at=None).update(**taken):
        raise TopicLocked(topic)
    same = _just_written(by, text=text, at=at).filter(topic=OuterRef("pk"), no__gt=1)
    taken_and_same = Topic.objects.values_list("highest_no", Subquery(same.values("pk")[:1]))
    no, same_pk = taken_and_same.get(pk=topic.pk)
    return no, Post.objects.get(pk=same_pk) if same_pk else None


def _topic_just_started(
    board: Board, *, title: str, text: str, by: User, at: datetime
) -> Topic | None:
    """The topic that this member began with the same words a moment ago.

    Their own row is locked until the commit, so that of two clicks the second finds the first;
    SQLite has no row locks and needs none, because its transactions begin as writers.
    """
    User.objects.select_for_update(no_key=True).only("pk").get(pk=by.pk)
    same = _just_written(by, text=text, at=at)
    post = same.filter(no=1, topic__board=board, topic__title=title).select_related("topic").first()
    return post.topic if post else None


def _just_written(by: User, *, text: str, at: datetime) -> QuerySet[Post]:
    """What this member wrote with the same words within the last minute."""
    since = at - SAME_WITHIN
    return Post.objects.filter(author=by, text=text, created_at__range=(since, at)).order_by("pk")
