"""Writing very many rows: COPY on PostgreSQL, one prepared INSERT on SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import DateField, DateTimeField, Field, Max, Model

Row = Sequence[Any]


class Table:
    """A model's table, to which rows are written as tuples of the fields named.

    What is not named gets the field's default, and a key that is not named comes from the database.
    """

    def __init__(self, model: type[Model], *names: str) -> None:
        self.model = model
        by_name = {field.name: field for field in model._meta.local_concrete_fields}
        named = [by_name[name] for name in names]
        left = [field for name, field in by_name.items() if name not in names]
        rest = [field for field in left if not field.primary_key]
        self.defaults = tuple(_default(field) for field in rest)
        self.columns = ", ".join(f'"{field.column}"' for field in [*named, *rest])
        self.number = len(named) + len(rest)
        self.has_own_keys = model._meta.pk in named
        self.adapters = [(at, _as_text) for at, field in enumerate(named) if _is_time(field)]

    def next_key(self) -> int:
        """The first key that is free behind all others."""
        return (self.model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1

    def write(self, rows: Iterable[Row]) -> None:
        """Write them all; foreign keys are checked when `check_keys` says so."""
        into = f'"{self.model._meta.db_table}" ({self.columns})'
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row((*row, *self.defaults))
            return
        marks = ", ".join(["?"] * self.number)
        with connection.cursor() as cursor:
            raw = cursor.connection.cursor()
            raw.executemany(f"INSERT INTO {into} VALUES ({marks})", map(self._adapted, rows))

    def _adapted(self, row: Row) -> list[Any]:
        """The row as SQLite stores it: times as text."""
        adapted = [*row, *self.defaults]
        for at, adapt in self.adapters:
            adapted[at] = adapt(adapted[at])
        return adapted


def check_keys() -> None:
    """Check the foreign keys of all that was written; until then they may point ahead."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def finish(tables: Iterable[Table]) -> None:
    """Let the database go on behind the keys that were given."""
    models = [table.model for table in tables if table.has_own_keys]
    statements = connection.ops.sequence_reset_sql(no_style(), models)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def analyze() -> None:
    """Let the database learn what it has, and on PostgreSQL tidy up, so that plans are good."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _default(field: Field[Any, Any]) -> Any:
    return field.get_db_prep_save(field.get_default(), connection)


def _is_time(field: Field[Any, Any]) -> bool:
    return isinstance(field, DateField | DateTimeField)


def _as_text(at: date | datetime | None) -> str | None:
    """As Django writes it for SQLite: in UTC, without a zone."""
    if isinstance(at, datetime):
        return str(at.astimezone(UTC).replace(tzinfo=None))
    return str(at) if at is not None else None
