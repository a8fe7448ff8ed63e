"""Changing what one wrote, with its history kept in public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.activity.actions import record
from community.core.text import excerpt, slug_of
from community.people.models import User

from ..models import Post, PostEdit, Topic
from ..search import refresh_topic
from .hiding import hold_published
from .holding import hold_topic
from .publishing import EXCERPT, PostAct, render_post, standing_by_gates


@transaction.atomic
def edit_post(
    post: Post,
    *,
    text: str,
    by: User,
    title: str | None = None,
    is_unread: bool = False,
    at: datetime | None = None,
) -> bool:
    """Replace the text (and the topic's title, of an opening post); answer whether it changed.

    What stood before is kept for everyone to read, unless the caller knows that nobody has acted on
    it (`is_unread`) and it was never edited in public; where a gate holds the new words, the post
    waits for a moderator. Raises Refused where a gate says no, TextRefused where the text cannot be
    rendered.
    """
    at = at or timezone.now()
    act = PostAct(by, text, post.topic.board, post.topic, title=title or "", at=at)
    standing = standing_by_gates(act)
    rendered = render_post(text)
    topic = hold_topic(post.topic)
    post.refresh_from_db(fields=["text", "html", "edited_at"])
    title = topic.title if title is None or post.no != 1 else title
    if (text, title) == (post.text, topic.title):
        return False
    if not is_unread or post.edited_at is not None:
        _keep_before(post, topic, by=by, at=at)
    post.text, post.html = text, rendered.html
    post.save(update_fields=["text", "html", "edited_at"])
    if post.no == 1:
        _rename(topic, title=title, words=rendered.excerpt, at=post.edited_at)
    mentions = sorted(rendered.mentions)
    record("post.edited", post, kind="post", by=by, at=at, mentions=mentions)
    if standing.is_held:
        hold_published(post, reason=standing.reason, at=at)
    return True


def _keep_before(post: Post, topic: Topic, *, by: User, at: datetime) -> None:
    """Write down what stands now, before it is replaced."""
    before = topic.title if post.no == 1 else ""
    PostEdit.objects.create(post=post, title_before=before, text_before=post.text, by=by, at=at)
    post.edited_at = at


def _rename(topic: Topic, *, title: str, words: str, at: datetime | None) -> None:
    """Keep what lists show of a topic true to its opening post."""
    topic.title, topic.slug = title, slug_of(title)
    topic.excerpt, topic.edited_at = excerpt(words, EXCERPT), at
    topic.save(update_fields=["title", "slug", "excerpt", "edited_at"])
    refresh_topic(topic)
