"""PostgreSQL: a generated tsvector of the terms under GIN, and pg_trgm over the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import CommandError
from django.db import ProgrammingError, transaction
from django.db import connection as default
from django.db.backends.base.base import BaseDatabaseWrapper

from ..queries import Concept, Match, Phrase, Query, Scope, expected
from .base import Candidate, Promising, by_place, promising

ENTRIES, WORDS = "search_searchentry", "search_searchword"
MOST_RANKED = 1500  # the newest matching entries that are ranked
MOST_COMPARED = 400  # and of those that say something telling, the most telling
IN_TITLE = 2.0  # how much more a word says in the title
SAYS = "CASE WHEN terms @@ %s::tsquery THEN %s::float8 ELSE"
ASKED = (  # each of the queries with the entries that the index of terms finds
    "unnest(%s::tsquery[], %s::float8[]) AS asked(what, worth)"
    f" JOIN {ENTRIES} AS e ON e.terms @@ asked.what"
)
REFUSED = (
    "Search needs the extension pg_trgm, and this role may not create it: {reason}"
    " Ask who runs the database for it once, as its owner: CREATE EXTENSION pg_trgm;"
    " Then run migrate again."
)
SETUP = (
    (
        f"ALTER TABLE {ENTRIES} ADD COLUMN IF NOT EXISTS terms tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('pg_catalog.simple', title_terms), 'A') ||"
        " setweight(to_tsvector('pg_catalog.simple', body_terms), 'D')) STORED"
    ),
    f"CREATE INDEX IF NOT EXISTS entries_by_terms ON {ENTRIES} USING gin (terms)",
    # Over lower(word), which is the word: else the planner takes it for plain comparisons too.
    f"CREATE INDEX IF NOT EXISTS words_by_spelling ON {WORDS} USING gin (lower(word) gin_trgm_ops)",
)


class PostgresEngine:
    """Search by tsvector."""

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Raises CommandError with what to do, where the extension may not be created."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except ProgrammingError as fault:
            reason = str(fault).splitlines()[0].rstrip(".") + "."
            raise CommandError(REFUSED.format(reason=reason)) from fault
        with connection.cursor() as cursor:
            for statement in SETUP:
                cursor.execute(statement)

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS words_by_spelling")
            cursor.execute(f"ALTER TABLE {ENTRIES} DROP COLUMN IF EXISTS terms")

    def candidates(self, query: Query, match: Match, scope: Scope, limit: int) -> list[Candidate]:
        return self.best(query, match, [scope], limit)[0].candidates

    def best(
        self, query: Query, match: Match, scopes: Sequence[Scope], limit: int
    ) -> list[Promising]:
        """Ranked by the rarity of what an entry says, more when its title says it.

        Many entries are read in the order of their things, newest first; else the index of terms is
        asked. The planner is not left to choose: it takes comparing terms for as cheap as numbers.
        """
        parts, values = [], list[Any]()
        for place, scope in enumerate(scopes):
            chosen, its_values = _chosen(query, match, scope)
            parts.append(
                f"(SELECT {place} AS place, object_id, title, body, title_terms, body_terms, score,"
                f" among FROM ({chosen} ORDER BY score DESC, id DESC LIMIT %s) AS best"
                f" JOIN {ENTRIES} USING (id))"
            )
            values += [*its_values, limit]
        with default.cursor() as cursor:
            cursor.execute(
                f"{' UNION ALL '.join(parts)} ORDER BY place, score DESC, 2 DESC", values
            )
            rows = cursor.fetchall()
        return [
            promising(row[1:] for row in rows if row[0] == place) for place in range(len(scopes))
        ]

    def keys(self, match: Match, scope: Scope) -> tuple[str, list[Any]]:
        where, values = _within(scope)
        sql = f"SELECT object_id FROM {ENTRIES} WHERE terms @@ %s::tsquery AND {where}"
        return sql, [_match(match), *values]

    def near(self, words: Sequence[str], limit: int) -> dict[str, list[tuple[str, int]]]:
        parts, values = [], list[Any]()
        for place, word in enumerate(words):
            parts.append(
                f"(SELECT {place}, word, entry_count FROM {WORDS} WHERE word LIKE %s"
                " ORDER BY entry_count DESC LIMIT %s) UNION"
                f" (SELECT {place}, word, entry_count FROM {WORDS} WHERE lower(word) %% %s"
                " AND length(word) BETWEEN %s AND %s"
                " ORDER BY similarity(lower(word), %s) DESC LIMIT %s)"
            )
            size = len(word)
            values += [f"{word}%", limit, word, size - 2, size + 2, word, 4 * limit]
        with default.cursor() as cursor:
            cursor.execute(" UNION ".join(parts), values)
            return by_place(words, cursor.fetchall())

    def word_counts(self) -> Iterator[tuple[str, int]]:
        with default.cursor() as cursor:
            cursor.execute(f"SELECT word, ndoc FROM ts_stat('SELECT terms FROM {ENTRIES}')")
            yield from cursor.fetchall()


def _within(scope: Scope) -> tuple[str, list[Any]]:
    """The scope as a condition on entries, and its values."""
    where = "kind = %s AND audience = ANY(%s)"
    values: list[Any] = [scope.kind, list(scope.audiences)]
    if scope.boards is not None:
        where += " AND board_id = ANY(%s)"
        values.append([*map(int, scope.boards)])
    return where, list(values)


def _chosen(query: Query, match: Match, scope: Scope) -> tuple[str, list[Any]]:
    """The matching entries with score and number, as a query and its values."""
    score, weights = _score(query, match)
    where, within = _within(scope)
    if len(match) > 1:
        said = [_match([concepts]) for concepts in match]
        entries = (
            f"(SELECT id, terms, among FROM (SELECT e.id, count(*) OVER () AS among FROM {ASKED}"
            f" WHERE {where} GROUP BY e.id ORDER BY sum(asked.worth) DESC, e.id DESC"
            f" LIMIT {MOST_COMPARED}) AS telling JOIN {ENTRIES} USING (id)) AS found"
        )
        values = [said, [_worth(query, concepts) for concepts in match], *within]
        return f"SELECT id, {score} AS score, among FROM {entries}", [*weights, *values]
    are_many = expected(match[0], query.total) ** 2 > MOST_RANKED * query.total
    source = f"{ENTRIES} AS e WHERE terms @@ %s::tsquery AND" if are_many else f"{ASKED} WHERE"
    values = [_match(match)] if are_many else [[_match(match)], [1.0]]
    entries = (
        f"(SELECT e.id, terms FROM {source} {where}"
        f" ORDER BY object_id DESC LIMIT {MOST_RANKED}) AS newest"
    )
    sql = f"SELECT id, {score} AS score, count(*) OVER () AS among FROM {entries}"
    return sql, [*weights, *values, *within]


def _score(query: Query, match: Match) -> tuple[str, list[Any]]:
    """The sum of what an entry says, as an expression and its values.

    What every entry that matches says is not compared again, but for whether the title does.
    """
    said = [set(concept.shortest()) for concept in match[0]] if len(match) == 1 else []
    parts, values = ["0.0::float8"], list[Any]()
    for concept in (concept for concept in query.title if concept.phrases):
        worth = concept.weight * concept.rarity(query.total)
        in_title = _concept(concept, ":A")
        if any(each <= set(concept.shortest()) for each in said):
            parts.append(f"{SAYS} 0 END")
            values += [in_title, (IN_TITLE - 1) * worth]
        else:
            parts.append(f"(CASE WHEN terms @@ %s::tsquery THEN {SAYS} %s::float8 END ELSE 0 END)")
            values += [_concept(concept), in_title, IN_TITLE * worth, worth]
    for concept in query.body:
        parts.append(f"{SAYS} 0 END")
        values += [_concept(concept), concept.weight * concept.rarity(query.total)]
    return " + ".join(parts), values


def _worth(query: Query, concepts: Sequence[Concept]) -> float:
    """What one of the concepts is worth on average: the same may be asked for with others too."""
    worths = [concept.weight * concept.rarity(query.total) for concept in concepts]
    return sum(worths) / len(worths)


def _match(match: Match) -> str:
    """The match in the language of tsquery: every word quoted."""
    return " | ".join(f"({' & '.join(map(_concept, concepts))})" for concepts in match)


def _concept(concept: Concept, where: str = "") -> str:
    return f"({' | '.join(_phrase(phrase, where) for phrase in concept.shortest())})"


def _phrase(phrase: Phrase, where: str) -> str:
    joined = " <-> ".join(f"'{word}'{where}" for word in phrase)
    return f"({joined})" if len(phrase) > 1 else joined


ENGINE = PostgresEngine()
