"""Bare links: `https://…`, `http://…` and `www.…` in a text. Nothing else is guessed to be one.

`main.py` and `it is slow.It` look like host names to a machine, and a mail address that is a link
is easily harvested.
"""

from __future__ import annotations

from linkify_it import LinkifyIt
from linkify_it.main import Match

WWW = "www."
AS_IF = f"//{WWW}"


def bare_links() -> LinkifyIt:
    """What finds them for markdown-it."""
    finder = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False})
    for scheme in ("ftp:", "mailto:", "//"):
        finder.add(scheme, None)
    return finder.add(WWW, {"validate": _length_after_www, "normalize": _complete})


def _length_after_www(finder: LinkifyIt, text: str, position: int) -> int:
    """How many characters after `www.` belong to the link, as if it had its scheme."""
    length: int = finder.test_schema_at(AS_IF + text[position:], "http:", 0)
    return max(length - len(AS_IF), 0)


def _complete(finder: LinkifyIt, match: Match) -> None:
    match.url = f"https://{match.url}"
