"""Everyday words that lie near one another, for titles that say the same in other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

from .stemming import stem

LIST = Path(settings.BASE_DIR) / "data" / "search" / "related.txt"


@cache
def related_terms() -> dict[str, set[str]]:
    """For terms, the terms near them. Read once a process: some 4,000 words."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for word, others in _lines():
        term = stem(word)
        near[term] |= {stem(other) for other in others} - {term}
    return dict(near)


def _lines() -> Iterator[tuple[str, list[str]]]:
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, _colon, others = line.partition(":")
            yield word, others.split()
