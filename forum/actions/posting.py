"""Starting topics and replying to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.actions import record
from community.core.gates import Refused, ask_gates
from community.core.markdown import Rendered, render
from community.core.text import excerpt, slug_of
from community.people.mentions import mention_links
from community.people.models import Store, User
from community.people.permissions import employee_record
from community.voices.actions import brand_voice

from ..models import Board, Post, Topic
from .tally import tally_topic

MAX_TAGS = 5


class TopicLocked(Exception):
    """The topic takes no more posts."""


@dataclass(frozen=True)
class PostAct:
    """What the gates of `post.publish` are asked about: who writes what, where, and as what."""

    by: User
    text: str
    board: Board
    topic: Topic | None = None
    title: str = ""
    as_staff: bool = False
    at: datetime | None = None


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
    """Begin a topic with its opening post. Raises Refused where a gate says no."""
    at = at or timezone.now()
    state = _state_by_gates(PostAct(by=by, text=text, board=board, title=title, at=at))
    rendered = render(text, link_mentions=mention_links)
    is_question = kind == Topic.Kind.QUESTION
    topic = Topic.objects.create(
        board=board,
        kind=kind,
        title=title,
        slug=slug_of(title),
        excerpt=excerpt(rendered.excerpt, 240),
        author=by,
        store=store,
        created_at=at,
        last_post_at=at,
        last_poster=by,
        highest_no=1,
        waiting_since=at if is_question and state == Post.State.PUBLISHED else None,
        hidden_at=None if state == Post.State.PUBLISHED else at,
    )
    set_tags(topic, tags)
    post = _write(topic, no=1, by=by, text=text, rendered=rendered, state=state, at=at)
    record("topic.started", topic, kind="topic", by=by, at=at)
    _record_post(post, rendered, by=by, at=at)
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

    Raises TopicLocked, or Refused where a gate says no or the writer is no employee. The number is
    taken by the first statement, an UPDATE, so that two replies at once wait for one another.
    """
    at = at or timezone.now()
    if topic.locked_at is not None:
        raise TopicLocked(topic)
    act = PostAct(by=by, text=text, board=topic.board, topic=topic, as_staff=as_staff, at=at)
    state = _state_by_gates(act)
    rendered = render(text, link_mentions=mention_links)
    voice, byline = _staff_mark(by) if as_staff else (None, "")
    no = _take_number(topic)
    post = _write(
        topic,
        no=no,
        by=by,
        text=text,
        rendered=rendered,
        state=state,
        at=at,
        voice=voice,
        byline=byline,
        reply_to=reply_to,
    )
    tally_topic(topic)
    _record_post(post, rendered, by=by, at=at)
    return post


def set_tags(topic: Topic, names: Iterable[str]) -> None:
    """Give the topic these tags, five at most, each once whatever its case."""
    by_key = {name.strip().lower(): name.strip() for name in names if name.strip()}
    topic.tags.set(list(by_key.values())[:MAX_TAGS])


def _take_number(topic: Topic) -> int:
    """The next post number of the topic; its row is ours until the commit."""
    Topic.objects.filter(pk=topic.pk).update(highest_no=F("highest_no") + 1)
    return Topic.objects.values_list("highest_no", flat=True).get(pk=topic.pk)


def _state_by_gates(act: PostAct) -> str:
    """Published, or held when a gate says so. Raises Refused with the gate's sentence."""
    verdict = ask_gates("post.publish", act)
    if verdict.is_refused:
        raise Refused(verdict.sentence)
    return Post.State.HELD if verdict.is_held else Post.State.PUBLISHED


def _staff_mark(by: User) -> tuple[object, str]:
    """The company's voice and the byline of this employee."""
    employee = employee_record(by)
    if employee is None:
        raise Refused(_("Only employees can answer as staff."))
    voice = brand_voice()
    return voice, voice.byline(employee)


def _write(topic: Topic, *, by: User, rendered: Rendered, at: datetime, **fields: object) -> Post:
    return Post.objects.create(
        topic=topic, author=by, html=rendered.html, created_at=at, **fields
    )


def _record_post(post: Post, rendered: Rendered, *, by: User, at: datetime) -> None:
    if post.state == Post.State.PUBLISHED:
        mentions = sorted(rendered.mentions)
        record("post.published", post, kind="post", by=by, at=at, mentions=mentions)
