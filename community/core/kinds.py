"""Things by the name of their kind: who may see one, what it is called, where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Kind:
    """How code below asks about things that live above it."""

    name: str
    visible_to: Callable[[Any], models.QuerySet[Any]]
    title_of: Callable[[Any], str]
    url_of: Callable[[Any], str]
    author_of: Callable[[Any], int | None]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known under its name."""
    _kinds[kind.name] = kind


def get(name: str) -> Kind | None:
    """The kind of this name, or None."""
    return _kinds.get(name)


def find(name: str, pk: int, reader: Any) -> Any | None:
    """The thing, if there is one that the reader may see."""
    kind = get(name)
    return kind.visible_to(reader).filter(pk=pk).first() if kind else None
