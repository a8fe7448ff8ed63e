"""What an engine does for search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.backends.base.base import BaseDatabaseWrapper

from ..queries import Match, Query, Scope


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be what is looked for."""

    object_id: int
    title: str
    body: str
    title_terms: list[str]
    body_terms: list[str]


@dataclass(frozen=True, slots=True)
class Promising:
    """The most promising entries, roughly in order, and how many match: exact up to a thousand."""

    candidates: list[Candidate]
    count: int


def promising(rows: Iterable[Sequence[Any]]) -> Promising:
    """Rows of key, title, text, the terms of both, score, and number of matches."""
    read = list(rows)
    found = [
        Candidate(key, title, body, in_title.split(), in_body.split())
        for key, title, body, in_title, in_body, _score, _among in read
    ]
    return Promising(found, read[0][-1] if read else 0)


def by_place(
    words: Sequence[str], rows: Iterable[tuple[int, str, int]]
) -> dict[str, list[tuple[str, int]]]:
    """Rows of a word's place, a word near it and its count, by the word."""
    found: dict[str, list[tuple[str, int]]] = {word: [] for word in words}
    for place, near, count in rows:
        found[words[place]].append((near, count))
    return found


class Engine(Protocol):
    """One database's ways."""

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Make the indexes that only this database has. Safe to repeat."""

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        """Take them away again."""

    def candidates(self, query: Query, match: Match, scope: Scope, limit: int) -> list[Candidate]:
        """The most promising entries that match, roughly in order."""

    def best(
        self, query: Query, match: Match, scopes: Sequence[Scope], limit: int
    ) -> list[Promising]:
        """For each scope the most promising entries that match, in one query."""

    def keys(self, match: Match, scope: Scope) -> tuple[str, list[Any]]:
        """A subquery, and its values, that answers the key of every entry that matches."""

    def near(self, words: Sequence[str], limit: int) -> dict[str, list[tuple[str, int]]]:
        """For each the words of the index that begin with it or are spelt like it, with counts."""

    def word_counts(self) -> Iterator[tuple[str, int]]:
        """Every word of the index with how many entries have it, counted afresh."""
