"""What every text passes before it is public: gates, the staff mark, Markdown, its event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from community.activity.actions import record
from community.core.gates import Refused, ask_gates
from community.core.markdown import Rendered, render
from community.people.mentions import mention_links
from community.people.models import User
from community.people.permissions import employee_record
from community.voices.actions import brand_voice
from community.voices.models import Voice

from ..copies import staff_answer_changed
from ..models import Board, Post, Topic

EXCERPT = 240  # characters of an opening post on a card


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


@dataclass(frozen=True)
class StaffMark:
    """The voice a text stands under and its byline; both empty for one's own name."""

    voice: Voice | None = None
    byline: str = ""


@dataclass(frozen=True)
class Standing:
    """Whether a text is public at once, or held for a moderator, and why it is."""

    is_held: bool = False
    reason: str = ""

    @property
    def state(self) -> str:
        return Post.State.HELD if self.is_held else Post.State.PUBLISHED


def standing_by_gates(act: PostAct) -> Standing:
    """What the gates make of the text. Raises Refused with the sentence of the one that says no."""
    verdict = ask_gates("post.publish", act)
    if verdict.is_refused:
        raise Refused(verdict.sentence)
    return Standing(verdict.is_held, verdict.sentence if verdict.is_held else "")


def staff_mark(by: User, *, as_staff: bool) -> StaffMark:
    """The company's voice, signed by this employee. Raises Refused where the writer is none."""
    if not as_staff:
        return StaffMark()
    employee = employee_record(by)
    if employee is None:
        raise Refused(_("Only employees can answer as staff."))
    voice = brand_voice()
    return StaffMark(voice, voice.byline(employee))


def render_post(text: str) -> Rendered:
    """The text as HTML with its mentions linked. Raises TextRefused."""
    return render(text, link_mentions=mention_links)


def write_post(
    topic: Topic,
    rendered: Rendered,
    *,
    by: User,
    at: datetime,
    standing: Standing = Standing(),
    **fields: Any,
) -> Post:
    """Store the post under a number that is ours, and record that it is public, or held."""
    if standing.is_held:
        fields |= {"held_at": at, "held_reason": standing.reason}
    post = Post.objects.create(
        topic=topic, author=by, html=rendered.html, created_at=at, state=standing.state, **fields
    )
    if standing.is_held:
        record("post.held", post, kind="post", by=by, at=at)
    else:
        record_published(post, rendered, by=by, at=at)
        if post.voice_id is not None and topic.is_idea:  # of questions nobody keeps a copy
            staff_answer_changed(post.topic_id)
    return post


def record_published(post: Post, rendered: Rendered, *, by: User | None, at: datetime) -> None:
    """Write down that everybody may read the post now: those it concerns are told of it."""
    mentions = sorted(rendered.mentions)
    record("post.published", post, kind="post", by=by, at=at, mentions=mentions)
