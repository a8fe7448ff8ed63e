"""Kinds: how code below asks about things that live above it, by the name of their kind.

A watch, a report or a notice stores (kind, id); what that is, only the app that owns it knows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

BIGGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Kind:
    """Who may see a thing of this kind, what it is called, where it is, and who wrote it."""

    name: str
    visible_to: Callable[[Any], QuerySet[Any]]
    title_of: Callable[[Any], str]
    url_of: Callable[[Any], str]
    author_of: Callable[[Any], int | None]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known under its name, which is stored in rows and so never changes."""
    if kind.name in _kinds:
        raise ValueError(f"There is a kind {kind.name!r} already.")
    _kinds[kind.name] = kind


def get(name: str) -> Kind | None:
    """The kind of this name, or None: a row may outlive the app that registered its kind."""
    return _kinds.get(name)


def find(name: str, pk: int, reader: object) -> Any | None:
    """The thing, when there is one and this reader may see it; otherwise None."""
    kind = get(name)
    if kind is None or not 0 < pk <= BIGGEST_KEY:
        return None
    return kind.visible_to(reader).filter(pk=pk).first()
