"""HTML of other sites to the plain text and Markdown that ours are kept in. No mark-up survives
that a text typed here could not have: what is left is rendered and made safe as every other."""

from __future__ import annotations

import re
from html.parser import HTMLParser

PARAGRAPHS = frozenset("p div h1 h2 h3 h4 h5 h6 ul ol table tr blockquote pre section".split())
SILENT = frozenset({"script", "style", "head", "title", "noscript"})
EMPTY_LINES = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")
LOOKS_LIKE_HTML = re.compile(r"<(?:p|br|div|ul|ol|li|a|b|i|strong|em|span|h[1-6])\b[^>]*>", re.I)


class _Words(HTMLParser):
    """Collects the words; paragraphs and points of lists begin lines, links keep their address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag in PARAGRAPHS:
            self.pieces.append("\n\n")
        elif tag == "br":
            self.pieces.append("\n")
        elif tag == "li":
            self.pieces.append("\n- ")
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in PARAGRAPHS:
            self.pieces.append("\n\n")
        elif tag == "a" and self.links:
            href = self.links.pop()
            if href.startswith(("http://", "https://")):
                self.pieces.append(f" ({href})")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data)


def words_of_html(html: str) -> str:
    """The words of an HTML text; what does not look like HTML stays as it is."""
    if not LOOKS_LIKE_HTML.search(html):
        return html
    words = _Words()
    words.feed(html)
    words.close()
    return EMPTY_LINES.sub("\n\n", "".join(words.pieces)).strip()
