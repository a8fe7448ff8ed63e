"""Giving topics their tags."""

from __future__ import annotations

from collections.abc import Iterable

from ..models import Topic

MAX_TAGS = 5


def set_tags(topic: Topic, names: Iterable[str]) -> None:
    """Give the topic these tags, five at most, each once whatever its case."""
    by_key = {name.strip().lower(): name.strip() for name in names if name.strip()}
    if by_key or topic.topic_tags.exists():
        topic.tags.set(list(by_key.values())[:MAX_TAGS])
