"""How else things are said: the synonyms that an admin edits, ready for use."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from .analysis import terms_of
from .concepts import NEAR, SYNONYM, Ways
from .models import Synonyms
from .queries import Phrase
from .related import related_terms

SHIPPED = Path(settings.BASE_DIR) / "data" / "search" / "synonyms.txt"
DENYING = {"no", "not", "never"}  # no term says so: “no charge” would be “charge”
KEPT = 60  # seconds that a process goes on with the synonyms it has read

_read_at: float = -KEPT
_groups: list[str] | None = None
_ways: Ways = {}


def ways() -> Ways:
    """How else things are said: by a phrase's first term, the phrase and what says the same."""
    global _read_at, _groups, _ways
    if time.monotonic() - _read_at >= KEPT:
        groups = list(Synonyms.objects.values_list("words", flat=True))
        if groups != _groups:
            _groups, _ways = groups, ways_of(group.split("=") for group in groups)
        _read_at = time.monotonic()
    return _ways


def forget() -> None:
    """Read the synonyms anew when they are next needed: they have been edited."""
    global _read_at
    _read_at = -KEPT


def ways_of(groups: Iterable[Iterable[str]]) -> Ways:
    """The groups of phrases, and the words near others, by what one would look them up by."""
    others: dict[Phrase, dict[Phrase, float]] = defaultdict(dict)
    for group in groups:
        said = [text for text in group if DENYING.isdisjoint(text.casefold().split())]
        written = [text.replace("-", hyphen) for text in said for hyphen in ("", " ")]
        phrases = {tuple(terms_of(text)) for text in written} - {()}
        for phrase in phrases:
            others[phrase].update(dict.fromkeys(phrases - {phrase}, SYNONYM))
    for term, near in related_terms().items():
        for other in near:
            others[(term,)].setdefault((other,), NEAR)
    found = defaultdict(list)
    for phrase, same in others.items():
        found[phrase[0]].append((phrase, tuple(same.items())))
    return dict(found)


def shipped() -> Iterator[str]:
    """The groups that the product brings along."""
    for line in SHIPPED.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()
