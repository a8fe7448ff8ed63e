"""Where entries come from: each app says how its things are found, and search asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A thing as its app wants it found: plain words, its board, and who may read that board."""

    object_id: int
    board_id: int
    audience: str
    title: str
    body: str


@dataclass(frozen=True)
class Source:
    """A kind of thing. `texts` answers those of some keys that everybody on their board may see.

    What is hidden, joined or withdrawn it leaves out. `keys_after` answers the next keys of all
    rows in their order, found or not, for filling.
    """

    kind: str
    texts: Callable[[Sequence[int]], Iterable[Text]]
    keys_after: Callable[[int, int], Sequence[int]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a kind known under its name, which is stored in entries."""
    _sources[source.kind] = source


def source_of(kind: str) -> Source:
    """The source of a kind. Raises KeyError where there is none."""
    return _sources[kind]


def all_sources() -> list[Source]:
    """Every source, in the order of their kinds."""
    return [_sources[kind] for kind in sorted(_sources)]
