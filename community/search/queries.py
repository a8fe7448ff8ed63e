"""What is looked for: concepts, each with the words that say it, and which entries to look at."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import prod

Phrase = tuple[str, ...]
ENOUGH = 0.1  # of the entries that may be looked at: fewer are too few to choose from
SMALLEST = 200  # entries
SURE = 0.7  # from here on a phrase counts as the same thing, and not merely as something near it


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing meant: the phrases that say it, each with how surely it does (1: it was typed) and
    in about how many entries it stands. `weight` is how much it matters beside the others.
    """

    phrases: tuple[tuple[Phrase, float, int], ...]
    weight: float = 1.0

    @property
    def entry_count(self) -> int:
        """In about how many entries it is said, one way or another."""
        return sum(count for _phrase, _sure, count in self.phrases)

    def rarity(self, total: int) -> float:
        """How telling it is: the BM25 idf among so many entries.

        A young site is taken for a bigger one, where the first word that nobody has said yet is not
        worth more than all the others.
        """
        total = max(total, SMALLEST)
        count = min(sum(sure * count for _phrase, sure, count in self.phrases), total)
        return math.log(1 + (total - count + 0.5) / (count + 0.5))

    def shortest(self) -> list[Phrase]:
        """Its phrases without those that another of them stands in: where the one is, it is too."""
        single = {phrase[0] for phrase, _sure, _count in self.phrases if len(phrase) == 1}
        phrases = [phrase for phrase, _sure, _count in self.phrases]
        return [p for p in phrases if len(p) == 1 or not single.intersection(p)]

    def surely(self) -> Concept:
        """The same without what is merely near it."""
        return replace(self, phrases=tuple(p for p in self.phrases if p[1] >= SURE))


@dataclass(frozen=True)
class Query:
    """The concepts of a title and of a text, in their order, and how many entries the index has."""

    title: list[Concept]
    body: list[Concept] = field(default_factory=list)
    total: int = 0

    @property
    def concepts(self) -> list[Concept]:
        return [*self.title, *self.body]


@dataclass(frozen=True)
class Scope:
    """Which entries may be answered: of a kind, for these audiences, perhaps on these boards."""

    kind: str
    audiences: Sequence[str]
    boards: Sequence[int] | None = None


Match = list[list[Concept]]  # entries with every concept of one of these lists


def match_all(query: Query) -> Match:
    """Entries that say everything; none where nobody says one of the things."""
    sure = [concept.surely() for concept in query.title]
    return [sure] if sure and all(concept.phrases for concept in sure) else []


def match_some(query: Query, *, at_most: int) -> Match:
    """Entries that say something telling: about `at_most` of them, however large the index is.

    The rare concepts each by itself, without what is merely near them where that would be too
    much; the common ones two or three together, where that is rare, and at least once.
    """
    known = sorted((c for c in query.concepts if c.entry_count), key=lambda c: c.entry_count)
    match: Match = []
    common: list[Concept] = []
    left = at_most
    for concept in _once(known):
        fitting = next((c for c in (concept, concept.surely()) if c.entry_count <= left), None)
        if fitting is not None and fitting.phrases:
            match.append([fitting])
            left -= fitting.entry_count
        elif concept.weight == 1:
            common.append(concept.surely())
    for together in _together([c for c in common if c.phrases][:4]):
        often = expected(together, query.total)
        if often <= left:
            match.append(together)
            left -= often
    if left > at_most * (1 - ENOUGH) and common:
        match.append(common[:2])
    return match


def _once(concepts: list[Concept]) -> Iterable[Concept]:
    """The concepts without those that are said just as one before them: “wi fi” is both “wifi”."""
    seen: dict[frozenset[Phrase], Concept] = {}
    for concept in concepts:
        seen.setdefault(frozenset(concept.shortest()), concept)
    return seen.values()


def _together(concepts: list[Concept]) -> list[list[Concept]]:
    """Two of them, then three of them, the rarest first."""
    return [list(some) for size in (2, 3) for some in combinations(concepts, size)]


def expected(together: list[Concept], total: int) -> int:
    """How many entries say all of it, were the one no reason for the other."""
    share = prod(min(1, concept.entry_count / max(total, 1)) for concept in together)
    return round(share * total)
