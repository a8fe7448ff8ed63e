"""Marking the words that were looked for, in a title or in the telling part of a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .analysis import WORDS, terms_of

SNIPPET = 220  # characters of a text that are shown
BEFORE = 60  # of them before the first word that was looked for


def marked(text: str, terms: Collection[str]) -> SafeString:
    """The text as HTML, escaped, with `<mark>` around each word of these terms."""
    pieces, last = [], 0
    for start, end in _places(text, terms):
        pieces += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return mark_safe("".join([*pieces, escape(text[last:])]))


def snippet(text: str, terms: Collection[str]) -> SafeString:
    """The part of the text around the first of the words, marked; its beginning without any."""
    line = " ".join(text.split())
    first = next(_places(line, terms), (0, 0))[0]
    start = max(0, first - BEFORE)
    if start:
        start = line.find(" ", start) + 1 or start
    shown = line[start : start + SNIPPET]
    if start + SNIPPET < len(line):
        shown = shown.rpartition(" ")[0] or shown
    before, after = "… " if start else "", " …" if start + len(shown) < len(line) else ""
    return mark_safe(f"{before}{marked(shown, terms)}{after}")


def _places(text: str, terms: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where the words of these terms stand."""
    if not terms:
        return
    for match in WORDS.finditer(text):
        if any(term in terms for term in terms_of(match.group())):
            yield match.start(), match.end()
