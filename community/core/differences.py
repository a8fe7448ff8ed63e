"""What changed between two texts, word by word, as safe HTML with `<del>` and `<ins>`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WORD = re.compile(r"\n\s*|\S+[^\S\n]*|[^\S\n]+")  # a new line, or a word with the space after it
MOST_WORDS = 400  # on either side; a longer stretch is shown whole
MOST_WORK = 400_000  # of one page: the product of the words compared, summed


class Differences:
    """Marks the changes of one page; once its share of work is spent, in whole stretches.

    difflib takes cubic time for some texts, so what begins and ends alike is taken off first, and
    what is left over is compared only while it is short.
    """

    def __init__(self, work: int = MOST_WORK) -> None:
        self.work = work

    def marked(self, before: str, after: str) -> SafeString:
        """The later text with what was taken away and what was added."""
        old, new = WORD.findall(before), WORD.findall(after)
        head = _alike(old, new)
        tail = _alike(old[head:][::-1], new[head:][::-1])
        middle = self._middle(old[head : len(old) - tail], new[head : len(new) - tail])
        whole = [_said(new[:head]), *middle, _said(new[len(new) - tail :])]
        return mark_safe("".join(whole))  # each part is escaped

    def _middle(self, old: Sequence[str], new: Sequence[str]) -> list[str]:
        """The stretch in which something changed."""
        work = len(old) * len(new)
        if not work or work > self.work or max(len(old), len(new)) > MOST_WORDS:
            return [_tag("del", old), _tag("ins", new)]
        self.work -= work
        found: list[str] = []
        words = SequenceMatcher(None, _bare(old), _bare(new), autojunk=False)
        for kind, a, b, c, d in words.get_opcodes():
            if kind == "equal":
                found.append(_said(new[c:d]))
            else:
                found += [_tag("del", old[a:b]), _tag("ins", new[c:d])]
        return found


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many of the same words both begin."""
    pairs = zip(_bare(one), _bare(other), strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _bare(words: Sequence[str]) -> list[str]:
    """The words without the space after them, which the last of a text has not."""
    return [word.rstrip(" \t\r") for word in words]


def _said(words: Sequence[str]) -> str:
    return str(escape("".join(words)))


def _tag(name: str, words: Sequence[str]) -> str:
    return f"<{name}>{_said(words)}</{name}>" if words else ""
