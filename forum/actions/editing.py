"""Changing what one wrote, with its history kept in public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.activity.actions import record
from community.core.markdown import render
from community.core.text import excerpt, slug_of
from community.people.mentions import mention_links
from community.people.models import User

from ..models import Post, PostEdit, Topic


@transaction.atomic
def edit_post(
    post: Post, *, text: str, by: User, title: str | None = None, at: datetime | None = None
) -> bool:
    """Replace the text (and the topic's title, of an opening post); answer whether anything changed."""
    at = at or timezone.now()
    topic = post.topic
    title = topic.title if title is None or post.no != 1 else title
    if text == post.text and title == topic.title:
        return False
    PostEdit.objects.create(
        post=post, title_before=topic.title if post.no == 1 else "", text_before=post.text, by=by, at=at
    )
    rendered = render(text, link_mentions=mention_links)
    Post.objects.filter(pk=post.pk).update(text=text, html=rendered.html, edited_at=at)
    if post.no == 1:
        Topic.objects.filter(pk=topic.pk).update(
            title=title, slug=slug_of(title), excerpt=excerpt(rendered.excerpt, 240), edited_at=at
        )
    post.refresh_from_db()
    record("post.edited", post, kind="post", by=by, at=at)
    return True
