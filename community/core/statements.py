"""Statements that PostgreSQL plans once for each connection, instead of each time it is asked.

Planning a page's queries costs the database more than answering them. Django writes values into a
statement's text, so that no two are alike; here the values go beside it, and the driver gives the
statement a name when it comes a second time (`prepare_threshold` of the connection). Where that is
off, behind a pooler that hands connections round, everything works as before, unnamed.

SQLite keeps the statements it has compiled by itself, so there this is the ordinary connection.
"""

from __future__ import annotations

from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import DatabaseWrapper, ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from psycopg.types.numeric import Int8


class BoundCursor(ServerBindingCursor):
    """Remembers the statement, also a prepared one: Django's log of queries asks the cursor."""

    def _convert_query(self, query: Any, params: Any = None) -> Any:
        self._query = super()._convert_query(query, params)  # type: ignore[misc]
        return self._query


class PlanningOnce:
    """A connection to PostgreSQL, of which the cursors send values beside the statement."""

    def __init__(self, wrapped: DatabaseWrapper) -> None:
        self.wrapped = wrapped

    def __getattr__(self, name: str) -> Any:
        return getattr(self.wrapped, name)

    def cursor(self) -> CursorWrapper:
        """As Django makes one (`BaseDatabaseWrapper._cursor`), of the class that binds there."""
        to: Any = self.wrapped
        to.close_if_health_check_failed()
        to.ensure_connection()
        bound: Any = BoundCursor
        with to.wrap_database_errors:
            return cast("CursorWrapper", to._prepare_cursor(bound(to.connection)))


def planning_once() -> Any:
    """The connection, for statements that come again and again with other values."""
    known: Any = connections[DEFAULT_DB_ALIAS]
    return PlanningOnce(known) if known.vendor == "postgresql" else known


def as_constant(value: object) -> str:
    """The value as it stands in the text of a statement for PostgreSQL that also has `%s`."""
    known: Any = connections[DEFAULT_DB_ALIAS]
    known.ensure_connection()
    return str(known.ops.compose_sql("%s", [value])).replace("%", "%%")


def one_type(value: Any) -> Any:
    """The value as it goes beside a statement: whole numbers of one width, big or small.

    The driver would choose the width by the number, and each width has a plan of its own.
    """
    return Int8(value) if type(value) is int else value
