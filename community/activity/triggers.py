"""Triggers that let nobody change or delete audit rows, on both databases.

A migration installs them; `manage.py reconcile` finds out when they are missing. Django rebuilds a
table on SQLite when a column changes, and with it the triggers go: such a migration has to end with
`install`.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("activity_auditentry", "activity_auditseal")
KEYS = {"activity_auditentry": "id", "activity_auditseal": "no"}
FUNCTION = "activity_append_only"


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the audit tables append-only; safe to repeat."""
    remove(connection)
    statements = _on_postgresql() if connection.vendor == "postgresql" else _on_sqlite()
    _run(connection, statements)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off: for whoever owns the tables and empties a test database."""
    on_table = "ON {table}" if connection.vendor == "postgresql" else ""
    _run(
        connection,
        [
            f"DROP TRIGGER IF EXISTS {name} {on_table.format(table=table)}"
            for table in TABLES
            for name in names_on(table, connection)
        ],
    )


def names_on(table: str, connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that a table has to have."""
    last = "truncate" if connection.vendor == "postgresql" else "replace"
    return [f"{table}_no_{verb}" for verb in ("update", "delete", last)]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that are not there, or are switched off."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    return [name for table in TABLES for name in names_on(table, connection) if name not in there]


def _on_sqlite() -> list[str]:
    """`REPLACE INTO` deletes without firing the delete trigger, so a third one bars that way."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END"
    statements = []
    for table in TABLES:
        key = KEYS[table]
        known = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"
        statements += [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {known} {refuse}",
        ]
    return statements


def _on_postgresql() -> list[str]:
    refuse = "BEGIN RAISE EXCEPTION 'audit rows are append-only'; END"
    statements = [
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${refuse}$$"
    ]
    for table in TABLES:
        for verb in ("update", "delete", "truncate"):
            each = "STATEMENT" if verb == "truncate" else "ROW"
            statements.append(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table}"
                f" FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()"
            )
    return statements


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
