"""Lists paged by key: the page after the last row seen, whatever is added meanwhile."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldError, ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import Http404

PAGE_SIZE = 20
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, and the key that the next page begins after ("" at the end)."""

    rows: list[Row]
    next_after: str = ""
    after: str = ""


def page_by_key(
    queryset: QuerySet[Row],
    keys: tuple[str, ...] = ("-heat", "-pk"),
    *,
    after: str = "",
    size: int = PAGE_SIZE,
) -> Page[Row]:
    """The page that follows the key `after`, in the order of `keys`, whose last is unique.

    Costs the same at any depth: no OFFSET and no COUNT. Raises Http404 for a key that is none.
    """
    ordered = queryset.order_by(*keys)
    if after:
        try:
            ordered = ordered.filter(_beyond(keys, decode(after, len(keys))))
        except (ValueError, TypeError, FieldError, ValidationError) as fault:
            raise Http404("no such page") from fault
    rows = list(ordered[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, encode(rows[-1], keys) if more else "", after)


def encode(row: Model, keys: tuple[str, ...]) -> str:
    """The place of a row in the list, as it stands in an address."""
    values = [getattr(row, key.lstrip("-")) for key in keys]
    text = json.dumps([v if isinstance(v, int | float) else str(v) for v in values])
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(after: str, length: int) -> list[Any]:
    """The values of a key. Raises ValueError where it is none."""
    if len(after) > 300:
        raise ValueError("too long")
    values = json.loads(urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    if not isinstance(values, list) or len(values) != length:
        raise ValueError("not a key")
    for value in values:
        is_big = isinstance(value, int) and abs(value) >= 2**63
        if is_big or isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError("not a key")
    return values


def _beyond(keys: tuple[str, ...], values: list[Any]) -> Q:
    """Rows after these values: (a, b) < (x, y) written so that an index on (a, b) serves it."""
    name, value = keys[0].lstrip("-"), values[0]
    side = "lt" if keys[0].startswith("-") else "gt"
    if len(keys) == 1:
        return Q(**{f"{name}__{side}": value})
    within = Q(**{f"{name}__{side}e": value})
    return within & (Q(**{f"{name}__{side}": value}) | _beyond(keys[1:], values[1:]))
