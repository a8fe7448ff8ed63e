"""Lists paged by key: the rows after the last one seen, at the same cost however deep."""

from __future__ import annotations

import json
import math
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Field, Func, Model, QuerySet, Value
from django.http import Http404

PAGE_SIZE = 20
LONGEST_CURSOR = 400
BIGGEST_INTEGER = 2**63 - 1
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, the cursor they came after, and the one the next page begins after.

    A cursor is "" at the beginning (`after`) and at the end (`next_after`). The addresses lead on
    and back within a page that has no other query.
    """

    rows: list[Row]
    after: str = ""
    next_after: str = ""

    @property
    def next_url(self) -> str:
        return f"?after={self.next_after}" if self.next_after else ""

    @property
    def first_url(self) -> str:
        return "?" if self.after else ""


def page_by_key(
    queryset: QuerySet[Any, Row],
    keys: Sequence[str] = ("-heat", "-pk"),
    *,
    after: str = "",
    size: int = PAGE_SIZE,
) -> Page[Row]:
    """The page after a cursor, in the order of `keys`: all up or all down, the last one unique.

    No OFFSET and no COUNT: rows are compared as tuples, which one index over the keys answers.
    A row with a null among its keys is on no page but the first.
    Raises Http404 for a cursor that is none.
    """
    place = place_of(queryset, keys, after)
    return as_page(list(rows_beyond(queryset, keys, place, size=size)), keys, after, size=size)


def place_of(queryset: QuerySet[Any, Any], keys: Sequence[str], after: str) -> list[Any]:
    """The values of the keys that a cursor holds; none at the beginning. Raises Http404."""
    return _decode(after, _fields(queryset, _direction(keys)[0])) if after else []


def rows_beyond(
    queryset: QuerySet[Any, Row], keys: Sequence[str], place: Sequence[Any], *, size: int
) -> QuerySet[Any, Row]:
    """The rows behind a place, in order: one more than a page has."""
    names, is_downward = _direction(keys)
    rows = queryset.order_by(*keys)
    if place:
        fields = _fields(queryset, names)
        rows = rows.filter(_beyond(names, fields, list(place), is_downward))
    return rows[: size + 1]


def as_page(
    found: list[Row], keys: Sequence[str], after: str = "", *, size: int = PAGE_SIZE
) -> Page[Row]:
    """These rows as a page; the one too many says that there are more."""
    shown = found[:size]
    is_last = len(found) <= size
    end = "" if is_last else _encode(shown[-1], _direction(keys)[0])
    return Page(shown, after=after, next_after=end)


class Together(Func):
    """Several expressions as one row value: (a, b)."""

    template = "(%(expressions)s)"


class Compared(Func):
    """Whether one row value lies before, or behind, another; both databases use an index for it."""

    template = "%(expressions)s"
    output_field = BooleanField()


def _direction(keys: Sequence[str]) -> tuple[list[str], bool]:
    """The names of the keys, and whether the list goes down."""
    is_downward = {key.startswith("-") for key in keys}
    if len(is_downward) != 1:
        raise ValueError("The keys of a list must all go up or all go down.")
    return [key.removeprefix("-") for key in keys], is_downward.pop()


def _fields(queryset: QuerySet[Any, Any], names: list[str]) -> list[Field[Any, Any]]:
    """The field behind each key, which may be annotated or lie on a related model."""
    query = queryset.query.chain()
    return [F(name).resolve_expression(query).output_field for name in names]


def _beyond(
    names: list[str], fields: list[Field[Any, Any]], values: list[Any], is_downward: bool
) -> Compared:
    """The condition (a, b) < (x, y), or > where the list goes up."""
    pairs = zip(values, fields, strict=True)
    place = [Value(value, output_field=field) for value, field in pairs]
    joined = " < " if is_downward else " > "
    return Compared(Together(*map(F, names)), Together(*place), arg_joiner=joined)


def _encode(row: Any, names: list[str]) -> str:
    """A row's place in the list as it stands in an address: its keys' values, without loss."""
    values = [row[name] if isinstance(row, dict) else _value(row, name) for name in names]
    texts = [v.isoformat() if isinstance(v, datetime) else str(v) for v in values]
    return urlsafe_b64encode(json.dumps(texts).encode()).decode().rstrip("=")


def _value(row: Model, name: str) -> Any:
    return attrgetter(name.replace("__", "."))(row)


def _decode(cursor: str, fields: list[Field[Any, Any]]) -> list[Any]:
    """The values in a cursor, one for each field. Raises Http404 where they are not."""
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise ValueError("too long")
        texts = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [_read(text, field) for text, field in zip(texts, fields, strict=True)]
    except (TypeError, ValueError, OverflowError, ValidationError) as fault:
        raise Http404("There is no such page.") from fault


def _read(text: object, field: Field[Any, Any]) -> Any:
    """One value as its column has it, refused where a database could not compare with it."""
    if not isinstance(text, str) or "\x00" in text:
        raise ValueError("not a text")
    value = field.to_python(text)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("not a number")
    if isinstance(value, int) and abs(value) > BIGGEST_INTEGER:
        raise ValueError("too big")
    return value
