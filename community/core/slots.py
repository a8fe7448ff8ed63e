"""Slots: places on a page that apps above may fill, for all rows of the page at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

Provide = Callable[[Sequence[Any], Any], Mapping[Any, object]]
AnyProvide = TypeVar("AnyProvide", bound=Provide)
_providers: dict[str, list[Provide]] = defaultdict(list)


def slot(name: str) -> Callable[[AnyProvide], AnyProvide]:
    """Register a provider: from all rows and the reader to what stands beside each, by its key.

    It answers with one query, however many rows there are, and leaves out rows it has nothing for.
    """

    def register(provide: AnyProvide) -> AnyProvide:
        _providers[name].append(provide)
        return provide

    return register


def fill_slot(name: str, rows: Sequence[Any], reader: object) -> dict[Any, list[object]]:
    """What every provider has for these rows, by the row's key; an empty list for nothing."""
    filled: dict[Any, list[object]] = {row.pk: [] for row in rows}
    for provide in _providers[name] if rows else ():
        for key, thing in provide(rows, reader).items():
            filled[key].append(thing)
    return filled
