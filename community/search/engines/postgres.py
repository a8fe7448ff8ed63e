"""PostgreSQL: a generated tsvector of the terms under GIN, and pg_trgm over the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError
from django.db import ProgrammingError, transaction
from django.db import connection as default
from django.db.backends.base.base import BaseDatabaseWrapper

from ..queries import Concept, Match, Phrase, Query, Scope
from .base import Candidate

ENTRIES, WORDS = "search_searchentry", "search_searchword"
MOST_RANKED = 4000  # the newest matching entries that are ranked
IN_TITLE = 2.0  # how much more a word says in the title
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
        """Ranked by the rarity of what an entry says, more when its title says it."""
        where, values = _within(scope)
        score, weights = _score(query)
        sql = (
            "SELECT object_id, title, body, title_terms, body_terms FROM"
            f" (SELECT id, {score} AS score FROM (SELECT id, terms FROM {ENTRIES}"
            f" WHERE terms @@ %s::tsquery AND {where} ORDER BY id DESC LIMIT {MOST_RANKED})"
            " AS newest ORDER BY score DESC, id DESC LIMIT %s) AS best"
            f" JOIN {ENTRIES} USING (id) ORDER BY best.score DESC, id DESC"
        )
        with default.cursor() as cursor:
            cursor.execute(sql, [*weights, _match(match), *values, limit])
            rows = cursor.fetchall()
        return [
            Candidate(key, title, body, in_title.split(), in_body.split())
            for key, title, body, in_title, in_body in rows
        ]

    def count(self, match: Match, scope: Scope, up_to: int) -> int:
        where, values = _within(scope)
        sql = (
            f"SELECT count(*) FROM (SELECT 1 FROM {ENTRIES}"
            f" WHERE terms @@ %s::tsquery AND {where} LIMIT %s) AS few"
        )
        with default.cursor() as cursor:
            cursor.execute(sql, [_match(match), *values, up_to])
            return int(cursor.fetchone()[0])

    def keys(self, match: Match, scope: Scope) -> tuple[str, list[Any]]:
        where, values = _within(scope)
        sql = f"SELECT object_id FROM {ENTRIES} WHERE terms @@ %s::tsquery AND {where}"
        return sql, [_match(match), *values]

    def near(self, word: str, limit: int) -> list[tuple[str, int]]:
        sql = (
            f"(SELECT word, entry_count FROM {WORDS} WHERE word LIKE %s"
            " ORDER BY entry_count DESC LIMIT %s) UNION"
            f" (SELECT word, entry_count FROM {WORDS} WHERE lower(word) %% %s"
            " AND length(word) BETWEEN %s AND %s"
            " ORDER BY similarity(lower(word), %s) DESC LIMIT %s)"
        )
        values: list[Any] = [f"{word}%", limit, word, len(word) - 2, len(word) + 2, word, 4 * limit]
        with default.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())

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


def _score(query: Query) -> tuple[str, list[Any]]:
    """The sum of what an entry says, as an expression and its values."""
    parts, values = ["0"], list[Any]()
    for concept in (concept for concept in query.title if concept.phrases):
        worth = concept.weight * concept.rarity(query.total)
        parts += ["%s * (terms @@ %s::tsquery)::int", "%s * (terms @@ %s::tsquery)::int"]
        values += [worth, _concept(concept), (IN_TITLE - 1) * worth, _concept(concept, ":A")]
    for concept in query.body:
        parts.append("%s * (terms @@ %s::tsquery)::int")
        values += [concept.weight * concept.rarity(query.total), _concept(concept)]
    return " + ".join(parts), values


def _match(match: Match) -> str:
    """The match in the language of tsquery: every word quoted."""
    return " | ".join(f"({' & '.join(map(_concept, concepts))})" for concepts in match)


def _concept(concept: Concept, where: str = "") -> str:
    return f"({' | '.join(_phrase(phrase, where) for phrase, _sure, _count in concept.phrases)})"


def _phrase(phrase: Phrase, where: str) -> str:
    joined = " <-> ".join(f"'{word}'{where}" for word in phrase)
    return f"({joined})" if len(phrase) > 1 else joined


ENGINE = PostgresEngine()
