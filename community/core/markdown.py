"""Markdown to HTML: CommonMark with tables, strikethrough, links and @mentions, made safe last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rendered:
    """A text as HTML, whom it mentions (lower-case usernames), and its plain words."""

    html: str
    mentions: frozenset[str]
    excerpt: str


def render(
    text: str, *, link_mentions: Callable[[set[str]], Mapping[str, str]] | None = None
) -> Rendered:
    raise NotImplementedError
