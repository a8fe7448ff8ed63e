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


def state_by_gates(act: PostAct) -> str:
    """Published, or held when a gate says so. Raises Refused with the gate's sentence."""
    verdict = ask_gates("post.publish", act)
    if verdict.is_refused:
        raise Refused(verdict.sentence)
    return Post.State.HELD if verdict.is_held else Post.State.PUBLISHED


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


def write_post(topic: Topic, rendered: Rendered, *, by: User, at: datetime, **fields: Any) -> Post:
    """Store the post under a number that is ours, and record that it is public, if it is."""
    if fields.get("state") == Post.State.HELD:
        fields["held_at"] = at
    post = Post.objects.create(topic=topic, author=by, html=rendered.html, created_at=at, **fields)
    if post.state == Post.State.PUBLISHED:
        mentions = sorted(rendered.mentions)
        record("post.published", post, kind="post", by=by, at=at, mentions=mentions)
    return post
