"""@mentions: found in the words of a text, never in its code, links or mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

MENTION_TYPE = "mention"
MOST_MENTIONS = 50  # further names stay plain words
NAME = r"[a-z0-9](?:[a-z0-9_-]{0,28}[a-z0-9_])?"
MENTION = re.compile(rf"(?<![\w@.+/-])@({NAME})(?![\w@-])", re.IGNORECASE | re.ASCII)


def find_mentions(state: StateCore) -> None:
    """Cut the texts that stand in no link at their mentions: a rule for markdown-it.

    It runs while an escaped `\\@` is still a token of its own, and so none.
    """
    for inline in state.tokens:
        if inline.children and "@" in inline.content:
            inline.children = list(_cut(inline.children))


def names_mentioned(tokens: Sequence[Token]) -> list[str]:
    """The names behind an @, in lower case, each once, in the order of the text."""
    names = (
        token.info
        for inline in tokens
        for token in inline.children or ()
        if token.type == MENTION_TYPE
    )
    return list(dict.fromkeys(names))[:MOST_MENTIONS]


def link_mentions(tokens: Sequence[Token], addresses: Mapping[str, str]) -> None:
    """Make each mention a link to its address, or plain words again when it has none."""
    for inline in tokens:
        if inline.children and any(token.type == MENTION_TYPE for token in inline.children):
            inline.children = list(_linked(inline.children, addresses))


def _cut(children: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in children:
        if token.type in ("link_open", "link_close"):
            depth += token.nesting
        if token.type == "text" and not depth:
            yield from _pieces(token.content)
        else:
            yield token


def _pieces(text: str) -> Iterator[Token]:
    end = 0
    for match in MENTION.finditer(text):
        yield _text(text[end : match.start()])
        yield Token(MENTION_TYPE, "", 0, content=match[0], info=match[1].lower())
        end = match.end()
    yield _text(text[end:])


def _linked(children: Sequence[Token], addresses: Mapping[str, str]) -> Iterator[Token]:
    for token in children:
        if token.type != MENTION_TYPE:
            yield token
        elif address := addresses.get(token.info):
            yield Token("link_open", "a", 1, attrs={"href": address, "class": MENTION_TYPE})
            yield _text(token.content)
            yield Token("link_close", "a", -1)
        else:
            yield _text(token.content)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
