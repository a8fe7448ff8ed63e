"""What a text may do to a page: where links and pictures may lead, how headings and cells look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import SplitResult, urlsplit

import nh3
from django.conf import settings
from markdown_it.token import Token

REL = "nofollow ugc noopener"
LINK_SCHEMES = {"http", "https", "mailto"}
PATH_BEGINS = re.compile("[/?#]")
LOWEST_HEADING = 6
HEADINGS_ABOVE = 2  # the page has h1 and h2 of its own

BLOCKS = "blockquote h3 h4 h5 h6 hr li ol p pre table tbody td th thead tr ul".split()
INLINES = "a br code em img s strong".split()
CLEANER = nh3.Cleaner(
    tags={*BLOCKS, *INLINES},
    attributes={
        "a": {"href", "title", "rel", "class"},
        "code": {"class"},
        "img": {"src", "alt", "title", "loading", "decoding"},
        "ol": {"start"},
        "td": {"data-align"},
        "th": {"data-align"},
    },
    url_schemes=LINK_SCHEMES,
    link_rel=None,  # ours marks external links only
)


def may_lead_to(url: str) -> bool:
    """Whether a link or a picture may have this address; otherwise it stays as it was typed."""
    before_path = PATH_BEGINS.split(url, maxsplit=1)[0]
    scheme, colon, _rest = before_path.partition(":")
    return not colon or scheme.lower() in LINK_SCHEMES


def make_safe(tokens: Sequence[Token]) -> None:
    """Set ranks of headings, alignment of cells, `rel` of links and loading of pictures."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + HEADINGS_ABOVE, LOWEST_HEADING)}"
        elif token.type in ("th_open", "td_open"):
            _align(token)
        elif token.children:
            token.children = list(_safe_inline(token.children))


def _align(cell: Token) -> None:
    """Say by an attribute what Markdown says by an inline style, which our pages forbid."""
    style = str(cell.attrs.pop("style", ""))
    if style:
        cell.attrs["data-align"] = style.removeprefix("text-align:")


def _safe_inline(children: Sequence[Token]) -> Iterator[Token]:
    for token in children:
        if token.type == "link_open" and _is_external(str(token.attrs.get("href", ""))):
            token.attrs["rel"] = REL
        if token.type == "image":
            yield _safe_picture(token)
        else:
            yield token


def _safe_picture(token: Token) -> Token:
    """The picture, loaded late; only its description when it would come unencrypted."""
    parts = _split(str(token.attrs.get("src", "")))
    if parts.scheme != "https" and (parts.scheme or parts.netloc):
        return Token("text", "", 0, content=token.content)
    token.attrs |= {"loading": "lazy", "decoding": "async"}
    return token


def _is_external(url: str) -> bool:
    parts = _split(url)
    is_ours = parts.netloc == urlsplit(settings.SITE_URL).netloc
    return bool(parts.netloc) and not is_ours


def _split(url: str) -> SplitResult:
    """The parts of an address; one that cannot be read has a scheme that leads nowhere."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("unreadable", "", url, "", "")
