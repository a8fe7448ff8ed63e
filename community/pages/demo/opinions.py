"""What the cast made of a comment: which side it took, and whom it helped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from community.people.models import User
from forum.actions import mark_helpful
from forum.models import Post
from ideas.actions import take_side


def play_opinions(post: Post, told: dict[str, Any], crowd: Sequence[User], at: datetime) -> None:
    """`side` is for or against, `helpful` and `unhelpful` how many of the crowd found it so."""
    take_side(post, told.get("side", ""))
    helpful, unhelpful = told.get("helpful", 0), told.get("unhelpful", 0)
    for number, member in enumerate(crowd[-helpful - unhelpful :] if helpful + unhelpful else []):
        if member.pk != post.author_id:
            later = at + timedelta(hours=number + 1)
            mark_helpful(post, by=member, is_helpful=number < helpful, at=later)
