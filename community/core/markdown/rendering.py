"""From a text to safe HTML, whom it mentions, and its plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..caps import require_renderable
from ..text import excerpt
from .bare_links import bare_links
from .mentions import find_mentions, names_mentioned
from .mentions import link_mentions as put_links
from .safety import CLEANER, make_safe, may_lead_to

EXCERPT_LENGTH = 400
MAX_NESTING = 40  # markdown-it drops what lies deeper; the caps refuse it before
LinkMentions = Callable[[set[str]], Mapping[str, str]]


@dataclass(frozen=True)
class Rendered:
    """A text as safe HTML, the lower-case usernames it mentions, and the beginning of its words."""

    html: str
    mentions: frozenset[str]
    excerpt: str


def render(text: str, *, link_mentions: LinkMentions | None = None) -> Rendered:
    """Render a text. `link_mentions` answers the pages of those names that are members.

    Without it no mention is a link. Raises TextRefused where it would take too long.
    """
    require_renderable(text)
    tokens = PARSER.parse(text)
    names = names_mentioned(tokens)
    addresses = link_mentions(set(names)) if link_mentions and names else {}
    make_safe(tokens)
    put_links(tokens, addresses)
    html = CLEANER.clean(PARSER.renderer.render(tokens, PARSER.options, {}))
    mentions = frozenset(addresses if link_mentions else names)
    return Rendered(html, mentions, excerpt(" ".join(_plain_words(tokens)), EXCERPT_LENGTH))


def _plain_words(tokens: Sequence[Token]) -> Iterator[str]:
    """What is read aloud of a text: no marks, no code blocks."""
    for inline in tokens:
        if inline.children:
            yield "".join(
                " " if token.type in ("softbreak", "hardbreak") else token.content
                for token in inline.children
            )


def _parser() -> MarkdownIt:
    """CommonMark and what we add to it."""
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough", "linkify"])
    parser.linkify = bare_links()
    parser.core.ruler.before("text_join", "mentions", find_mentions)
    parser.validateLink = may_lead_to  # type: ignore[method-assign]
    return parser


PARSER = _parser()
