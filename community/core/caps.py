"""What a text in Markdown may hold at most, so that it renders in time. Counted before parsing.

Rendering takes time for each mark (a newline, a star, a bracket), whatever the text says. So the
time is estimated from the marks; what people write stays far below the most that is allowed.
`tests/core/test_hostile_texts.py` measures it.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 20_000  # characters
MOST_MICROSECONDS = 40_000  # estimated, on a slow machine
DEEPEST_NESTING = 15  # quotes and lists within one another
MOST_CELLS = 2_000  # of one table, with those that short rows leave out

MICROSECONDS = {
    "\n": 40,
    "[": 25,
    "!": 20,
    "*": 14,
    "_": 14,
    "|": 15,
    "<": 30,
    "`": 5,
    "~": 5,
    "@": 2,
    "&": 5,
    "#": 5,
    "]": 5,
    "(": 3,
    ")": 3,
    "\\": 5,
    "://": 200,
    "www.": 200,
}
RULE = r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$"  # a line across the page, not a list
MARKER = r"(?:>|(?:[*+-]|[0-9]{1,9}[.)])(?=[ \t]|$))"
MARKERS = re.compile(MARKER)
BEGIN_OF_LINE = re.compile(rf"^(?!{RULE})(?:[ \t]*{MARKER})+", re.MULTILINE)
DELIMITER_ROW = re.compile(r"^[ \t>]*[|:-][ \t|:-]*$", re.MULTILINE)


class TextRefused(ValidationError):
    """The text would take too long to render; has a sentence for its writer."""


def require_renderable(text: str) -> None:
    """Raise TextRefused where a text is longer or more tangled than what people write."""
    if len(text) > LONGEST_TEXT:
        sentence = _("This text is too long: it may have %(most)s characters at most.")
        raise TextRefused(sentence, params={"most": LONGEST_TEXT})
    if _estimated_microseconds(text) > MOST_MICROSECONDS:
        raise TextRefused(_("This text has too many lines, links or formatting marks."))
    if _depth(text) > DEEPEST_NESTING:
        raise TextRefused(_("The quotes or lists in this text lie too deep in one another."))
    if _cells(text) > MOST_CELLS:
        raise TextRefused(_("The table in this text is too large."))


def _estimated_microseconds(text: str) -> int:
    return sum(text.count(mark) * cost for mark, cost in MICROSECONDS.items())


def _depth(text: str) -> int:
    """How deep a line can lie in quotes and lists: by its marks, and by its indentation."""
    starts = (start.expandtabs(4) for start in BEGIN_OF_LINE.findall(text))
    depths = (
        len(MARKERS.findall(start)) + (len(start) - len(start.lstrip())) // 2 for start in starts
    )
    return max(depths, default=0)


def _cells(text: str) -> int:
    """How many cells tables can have: each line after a row of dashes may become a full row."""
    columns = (row.count("|") + 1 for row in DELIMITER_ROW.findall(text))
    return max(columns, default=0) * text.count("\n")
