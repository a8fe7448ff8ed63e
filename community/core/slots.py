"""Places on a page that apps above may fill, for all rows of the page in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

Provide = Callable[[Sequence[Any], Any], Mapping[Any, object]]
_slots: dict[str, list[Provide]] = defaultdict(list)


def slot(name: str) -> Callable[[Provide], Provide]:
    """Register a provider: given all rows and the reader, what stands at each row, by its key."""

    def register(provide: Provide) -> Provide:
        _slots[name].append(provide)
        return provide

    return register


def fill_slot(name: str, rows: Sequence[Any], reader: Any) -> dict[Hashable, list[object]]:
    """What every provider has for these rows, by the row's key."""
    filled: dict[Hashable, list[object]] = {row.pk: [] for row in rows}
    for provide in _slots[name]:
        for key, thing in provide(rows, reader).items():
            filled[key].append(thing)
    return filled
