"""Stored counts, each with a way to count it again: what `manage.py reconcile` asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Drift:
    """One stored figure that is not what its rows say."""

    thing: str
    stored: object
    true: object

    def __str__(self) -> str:
        return f"{self.thing}: stored {self.stored}, counted {self.true}"


Recount = Callable[[bool], Iterable[Drift]]
_counters: dict[str, Recount] = {}


def counter(name: str) -> Callable[[Recount], Recount]:
    """Register a recount; called with True it also mends what it finds."""

    def register(recount: Recount) -> Recount:
        _counters[name] = recount
        return recount

    return register


def recounts() -> dict[str, Recount]:
    """Every registered recount, by name."""
    return dict(sorted(_counters.items()))
