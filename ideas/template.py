"""What the text of a new idea begins with: its board's template, or else two plain questions.

Here alone: the form begins with it, a text that is nothing else is refused, and cards and search
leave its lines out, because they are not the writer's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.text import format_lazy

from .statuses import QUESTIONS

PLAIN = format_lazy("{today}\n\n\n\n{better}\n\n", today=QUESTIONS[0], better=QUESTIONS[1])
AROUND = re.compile(r"^[\s*_#>-]+|[\s*_]+$")
MARKS = re.compile(r"[\s*_#>-]+")


def begins_with(template: str) -> str:
    """The text of a new idea on a board with this template; "" is none of its own."""
    return template or str(PLAIN)


def says_nothing(text: str, template: str) -> bool:
    """Whether the text is the template alone."""
    return any(_bare(text) == _bare(each) for each in {template, str(PLAIN)})


def without_template(text: str, template: str = "") -> str:
    """The text without the lines of the board's template, and without the plain questions.

    Each line is left out once, with the marks around it; an idea may have been moved since.
    """
    for line in dict.fromkeys([*_lines(template), *_lines(str(PLAIN))]):
        text = re.sub(rf"[*_#\s]*{re.escape(line)}[*_]*", "\n\n", text, count=1)
    return text


def _lines(template: str) -> Iterator[str]:
    """What the template says, line by line, without marks."""
    lines = (AROUND.sub("", line) for line in template.splitlines())
    return filter(None, lines)


def _bare(text: str) -> str:
    return MARKS.sub("", text)
