"""The plain words of a text in Markdown, quickly: for finding it, never for showing it whole."""

from __future__ import annotations

import re

LINKS = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
ADDRESSES = re.compile(r"https?://\S+")
MARKS = re.compile(
    r"^[ \t]*(?:#{1,6}|>|[-*+]|\d+[.)])[ \t]+|[*`~|]+|(?<!\w)_+|_+(?!\w)", re.MULTILINE
)


def plain_words(text: str) -> str:
    """The text as one line without marks and addresses."""
    words = ADDRESSES.sub(" ", LINKS.sub(r"\1", text))
    return " ".join(MARKS.sub(" ", words).split())
