"""Stored counts, each with a way to count it again: what `manage.py reconcile` asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True)
class Drift:
    """One stored figure that is not what its rows say. `thing` names it, as `idea 17`."""

    thing: str
    stored: object
    true: object

    def __str__(self) -> str:
        return f"{self.thing}: stored {self.stored}, counted {self.true}"


Recount = Callable[[bool], Iterable[Drift]]
AnyRecount = TypeVar("AnyRecount", bound=Recount)
_recounts: dict[str, Recount] = {}


def counter(name: str) -> Callable[[AnyRecount], AnyRecount]:
    """Register the recount of a stored figure, `idea.vote_count`; with True it also mends."""

    def register(recount: AnyRecount) -> AnyRecount:
        _recounts[name] = recount
        return recount

    return register


def recounts() -> dict[str, Recount]:
    """Every registered recount by its name, in the order of names."""
    return dict(sorted(_recounts.items()))
