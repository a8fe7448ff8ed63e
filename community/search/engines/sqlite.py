"""SQLite: FTS5 over the terms, and a trigram index over the words, both kept by triggers.

Django rebuilds a table when a column changes, and with it the triggers go: such a migration has to
end with `install`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection as default
from django.db.backends.base.base import BaseDatabaseWrapper

from ..queries import Concept, Match, Phrase, Query, Scope
from .base import Candidate, Promising, by_place, promising

ENTRIES, WORDS = "search_searchentry", "search_searchword"
MOST_RANKED = 4000  # the newest matching entries that are ranked
SETUP = f"""
CREATE VIRTUAL TABLE {ENTRIES}_fts USING fts5(
    title_terms, body_terms, content='{ENTRIES}', content_rowid='id', tokenize='ascii');
CREATE TRIGGER {ENTRIES}_added AFTER INSERT ON {ENTRIES} BEGIN
    INSERT INTO {ENTRIES}_fts(rowid, title_terms, body_terms)
    VALUES (new.id, new.title_terms, new.body_terms); END;
CREATE TRIGGER {ENTRIES}_gone AFTER DELETE ON {ENTRIES} BEGIN
    INSERT INTO {ENTRIES}_fts({ENTRIES}_fts, rowid, title_terms, body_terms)
    VALUES ('delete', old.id, old.title_terms, old.body_terms); END;
CREATE TRIGGER {ENTRIES}_changed AFTER UPDATE OF title_terms, body_terms ON {ENTRIES} BEGIN
    INSERT INTO {ENTRIES}_fts({ENTRIES}_fts, rowid, title_terms, body_terms)
    VALUES ('delete', old.id, old.title_terms, old.body_terms);
    INSERT INTO {ENTRIES}_fts(rowid, title_terms, body_terms)
    VALUES (new.id, new.title_terms, new.body_terms); END;
CREATE VIRTUAL TABLE {ENTRIES}_vocab USING fts5vocab('{ENTRIES}_fts', 'row');
CREATE VIRTUAL TABLE {WORDS}_fts USING fts5(word, tokenize='trigram', detail='none');
CREATE TRIGGER {WORDS}_added AFTER INSERT ON {WORDS} WHEN length(new.word) > 2 BEGIN
    INSERT INTO {WORDS}_fts(rowid, word) VALUES (new.id, new.word); END;
CREATE TRIGGER {WORDS}_gone AFTER DELETE ON {WORDS} WHEN length(old.word) > 2 BEGIN
    DELETE FROM {WORDS}_fts WHERE rowid = old.id; END;
INSERT INTO {ENTRIES}_fts({ENTRIES}_fts) VALUES ('rebuild');
INSERT INTO {WORDS}_fts(rowid, word) SELECT id, word FROM {WORDS} WHERE length(word) > 2
"""
TABLES = (f"{ENTRIES}_vocab", f"{ENTRIES}_fts", f"{WORDS}_fts")
TRIGGERS = (
    *(f"{ENTRIES}_{verb}" for verb in ("added", "gone", "changed")),
    *(f"{WORDS}_{verb}" for verb in ("added", "gone")),
)


class SqliteEngine:
    """Search by FTS5."""

    def install(self, connection: BaseDatabaseWrapper) -> None:
        self.remove(connection)
        with connection.cursor() as cursor:
            for statement in _statements(SETUP):
                cursor.execute(statement)

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        with connection.cursor() as cursor:
            for name in TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            for name in TABLES:
                cursor.execute(f"DROP TABLE IF EXISTS {name}")

    def candidates(self, query: Query, match: Match, scope: Scope, limit: int) -> list[Candidate]:
        return self.best(query, match, [scope], limit)[0].candidates

    def best(
        self, query: Query, match: Match, scopes: Sequence[Scope], limit: int
    ) -> list[Promising]:
        parts, values = [], list[Any]()
        for place, scope in enumerate(scopes):
            where, within = _within(scope)
            parts.append(
                f"SELECT {place} AS place, e.object_id, e.title, e.body, e.title_terms,"
                " e.body_terms, score, among FROM (SELECT id, score, count(*) OVER () AS among FROM"
                f" (SELECT e.id, bm25({ENTRIES}_fts, 3.0, 1.0) AS score FROM {ENTRIES}_fts AS f"
                f" JOIN {ENTRIES} AS e ON e.id = f.rowid WHERE {ENTRIES}_fts MATCH %s AND {where}"
                f" ORDER BY f.rowid DESC LIMIT {MOST_RANKED})"
                f" ORDER BY score, id DESC LIMIT %s) AS best JOIN {ENTRIES} AS e USING (id)"
            )
            values += [_match(match), *within, limit]
        with default.cursor() as cursor:
            cursor.execute(f"{' UNION ALL '.join(parts)} ORDER BY place, score, 2 DESC", values)
            rows = cursor.fetchall()
        return [
            promising(row[1:] for row in rows if row[0] == place) for place in range(len(scopes))
        ]

    def keys(self, match: Match, scope: Scope) -> tuple[str, list[Any]]:
        where, values = _within(scope)
        sql = (
            f"SELECT e.object_id FROM {ENTRIES}_fts AS f JOIN {ENTRIES} AS e ON e.id = f.rowid"
            f" WHERE {ENTRIES}_fts MATCH %s AND {where}"
        )
        return sql, [_match(match), *values]

    def near(self, words: Sequence[str], limit: int) -> dict[str, list[tuple[str, int]]]:
        parts, values = [], list[Any]()
        for place, word in enumerate(words):
            parts.append(
                f"SELECT * FROM (SELECT {place}, word, entry_count FROM {WORDS}"
                " WHERE word >= %s AND word < %s ORDER BY entry_count DESC LIMIT %s)"
                f" UNION SELECT * FROM (SELECT {place}, w.word, w.entry_count FROM {WORDS}_fts AS f"
                f" JOIN {WORDS} AS w ON w.id = f.rowid WHERE {WORDS}_fts MATCH %s"
                " AND length(w.word) BETWEEN %s AND %s ORDER BY f.rank LIMIT %s)"
            )
            pieces = sorted({word[i : i + 3] for i in range(len(word) - 2)}) or [word]
            alike, size = " OR ".join(map(_quoted, pieces)), len(word)
            values += [word, word + "{", limit, alike, size - 2, size + 2, 4 * limit]
        with default.cursor() as cursor:
            cursor.execute(" UNION ".join(parts), values)
            return by_place(words, cursor.fetchall())

    def word_counts(self) -> Iterator[tuple[str, int]]:
        with default.cursor() as cursor:
            cursor.execute(f"SELECT term, doc FROM {ENTRIES}_vocab")
            yield from cursor.fetchall()


def _statements(script: str) -> list[str]:
    """The statements of a script; a trigger's own semicolons end no statement."""
    statements: list[str] = []
    for piece in script.split(";\n"):
        if statements and statements[-1].count("BEGIN") > statements[-1].count("END"):
            statements[-1] += ";\n" + piece
        else:
            statements.append(piece)
    return [statement.strip() for statement in statements if statement.strip()]


def _within(scope: Scope) -> tuple[str, list[Any]]:
    """The scope as a condition on entries, and its values."""
    marks = ", ".join(["%s"] * len(scope.audiences)) or "NULL"
    where, values = f"e.kind = %s AND e.audience IN ({marks})", [scope.kind, *scope.audiences]
    if scope.boards is not None:
        where += f" AND e.board_id IN ({', '.join(map(str, map(int, scope.boards))) or 'NULL'})"
    return where, list(values)


def _match(match: Match) -> str:
    """The match in the language of FTS5: every word quoted."""
    return " OR ".join(f"({' AND '.join(map(_concept, concepts))})" for concepts in match)


def _concept(concept: Concept) -> str:
    return f"({' OR '.join(_phrase(phrase) for phrase, _sure, _count in concept.phrases)})"


def _phrase(phrase: Phrase) -> str:
    return _quoted(" ".join(phrase))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


ENGINE = SqliteEngine()
