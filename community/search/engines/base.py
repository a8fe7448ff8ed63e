"""What an engine does for search."""

from __future__ import annotations

from collections.abc import Iterator
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


class Engine(Protocol):
    """One database's ways."""

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Make the indexes that only this database has. Safe to repeat."""

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        """Take them away again."""

    def candidates(self, query: Query, match: Match, scope: Scope, limit: int) -> list[Candidate]:
        """The most promising entries that match, roughly in order."""

    def count(self, match: Match, scope: Scope, up_to: int) -> int:
        """How many entries match, counted no further than `up_to`."""

    def keys(self, match: Match, scope: Scope) -> tuple[str, list[Any]]:
        """A subquery, and its values, that answers the key of every entry that matches."""

    def near(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Words of the index that begin with this one or are spelt like it, with their counts."""

    def word_counts(self) -> Iterator[tuple[str, int]]:
        """Every word of the index with how many entries have it, counted afresh."""
