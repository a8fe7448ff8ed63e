"""Queries whose SQL is made once: for the pages that everybody asks for.

Making the SQL of a queryset with joins costs Python more than asking the database costs both. So
a function that answers a queryset is asked once, with stand-ins for its values; the SQL that came
of it is kept, and from then on only the values are put in. Rows come out as they always do.

    @prepared
    def posts_between(topic: int, first: int, last: int) -> QuerySet[Post]:
        return Post.objects.published().filter(topic=topic, no__range=(first, last))

    posts = posts_between(7, 1, 20)

What is given by place is a value: a number, text or moment, never None, only compared with. What
is given by name decides what the query looks like, and has SQL of its own. What such a function
reads beside its arguments must always be the same: no time of day, and who may read is an argument.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from .statements import as_constant, one_type, planning_once

P = ParamSpec("P")
Row = TypeVar("Row")
Thing = TypeVar("Thing")
Value = int | float | str | datetime
NOBODYS_INT = 2_147_480_000  # fits every integer column, and is no key of ours in three millennia
NOBODYS_FLOAT = 1.7e300
NOBODYS_TIME = datetime(8888, 8, 8, tzinfo=UTC)


class Prepared(Generic[P, Row]):
    """A function of a queryset that answers the rows as a list.

    The first `may_ignore` values need not be used by every shape.
    """

    def __init__(self, build: Callable[P, QuerySet[Any, Row]], *, may_ignore: int = 0) -> None:
        self.build = build
        self.may_ignore = may_ignore
        self.plans: dict[tuple[object, ...], Plan[Row]] = {}
        update_wrapper(self, build)

    def __call__(self, *values: P.args, **shape: P.kwargs) -> list[Row]:
        kinds = tuple(map(type, values))
        key = (connections[DEFAULT_DB_ALIAS].vendor, kinds, *sorted(shape.items()))
        plan = self.plans.get(key)
        if plan is None:
            marks = [_stand_in(place, value) for place, value in enumerate(values)]
            asked = self.build(*marks, **shape)  # type: ignore[arg-type]
            plan = self.plans[key] = Plan(asked, marks, self.may_ignore)
        return plan.rows(values)

    def first(self, *values: P.args, **shape: P.kwargs) -> Row | None:
        """The first row, or None."""
        rows = self(*values, **shape)
        return rows[0] if rows else None


def prepared(build: Callable[P, QuerySet[Any, Row]]) -> Prepared[P, Row]:
    """Make the function's SQL once, and answer a list of rows."""
    return Prepared(build)


class Plan(Generic[Row]):
    """The SQL of one shape, and where among its parameters each value goes."""

    def __init__(self, queryset: QuerySet[Any, Row], marks: list[Value], may_ignore: int) -> None:
        self.queryset = queryset
        self.converters: dict[int, Any] | None = None
        self.compiler: SQLCompiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            self.sql, params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, params = "", ()
        marks = [_adapted(mark) for mark in marks]
        self.params = list(params)
        self.places = [
            (at, marks.index(param))
            for at, param in enumerate(params)
            if isinstance(param, Value) and param in marks
        ]
        missing = {*range(may_ignore, len(marks))} - {place for _at, place in self.places}
        if missing and self.sql:
            raise TypeError(f"Value {min(missing) + 1} is not just compared with: {self.sql}")
        if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
            self._write_out_constants()

    def _write_out_constants(self) -> None:
        """Leave only the values beside the SQL: PostgreSQL plans by what always is the same."""
        marked = {at for at, _place in self.places}
        written = [
            "%s" if at in marked else as_constant(param) for at, param in enumerate(self.params)
        ]
        self.sql = self.sql.replace("%%", "%%%%") % tuple(written)
        self.params = [None] * len(self.places)
        self.places = [(at, place) for at, (_at, place) in enumerate(self.places)]

    def rows(self, values: tuple[Any, ...]) -> list[Row]:
        """What the database answers for these values."""
        if not self.sql:
            return []
        params = self.params.copy()
        for at, place in self.places:
            params[at] = _adapted(values[place])
        compiler = _like(
            self.compiler,
            connection=planning_once(),
            as_sql=lambda *_args, **_options: (self.sql, tuple(params)),
            get_converters=self._converters,
        )
        query = _like(self.queryset.query, get_compiler=lambda *_args, **_options: compiler)
        return list(_like(self.queryset, _query=query, _result_cache=None))

    def _converters(self, expressions: list[Any]) -> dict[int, Any]:
        """How values of the database become Python's: for the same columns always the same."""
        if self.converters is None:
            self.converters = self.compiler.get_converters(expressions)
        return self.converters


def _like(one: Thing, **differences: object) -> Thing:
    """The same thing with some differences; `copy` takes longer, and of a queryset asks it."""
    made = one.__class__.__new__(one.__class__)
    made.__dict__ = {**one.__dict__, **differences}
    return made


def _adapted(value: Any) -> Any:
    """The value as it stands among the parameters: SQLite keeps moments as text."""
    if isinstance(value, datetime):
        return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(value) or ""
    return one_type(value)


def _stand_in(place: int, value: object) -> Value:
    """A value that nobody asks for, of the same type."""
    if isinstance(value, bool) or not isinstance(value, Value):
        raise TypeError(f"{value!r} is no value to compare with: give it by its name.")
    if isinstance(value, int):
        return NOBODYS_INT + place
    if isinstance(value, float):
        return NOBODYS_FLOAT * (1 + place / 1000)
    if isinstance(value, datetime):
        return NOBODYS_TIME + timedelta(seconds=place)
    return f"\ue000{place}\ue001"
