"""What apps above put into the queue: things that are no reports, each kind with its own verbs.

A kind registers its words, a fragment with what surrounds the thing, and its acts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from community.people.models import User

Act = Callable[[int, User], str]


@dataclass(frozen=True)
class QueuedKind:
    """How things of this kind are shown and decided.

    `context_of` answers what `template` (a fragment) needs, with `heading` and `lead`, or None
    where the thing is gone. Each act does what its button says to the thing of this number, and
    answers the sentence that says so; "" where somebody else was first.
    """

    name: str
    template: str
    context_of: Callable[[int, User], Mapping[str, Any] | None]
    acts: Mapping[str, Act]


_kinds: dict[str, QueuedKind] = {}


def register(kind: QueuedKind) -> None:
    """Make a kind known under its name, which is stored in rows and so never changes."""
    _kinds[kind.name] = kind


def names() -> list[str]:
    """The kinds there are."""
    return sorted(_kinds)


def get(name: str) -> QueuedKind | None:
    """The kind of this name; None for reports, and for kinds whose app is gone."""
    return _kinds.get(name)
