"""Letters that people send, handed to the outbox above.

The outbox lives in notifications, which knows people: people must not know it in return. So
whoever can carry letters says so here, once, when the site starts. See
docs/decisions/0007-letters-of-people.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured


class Carrier(Protocol):
    """Owes one mail: renders `<template>.txt` and `.html` and keeps it until it is sent."""

    def __call__(
        self, to: str, *, key: str, category: str, template: str, context: dict[str, Any]
    ) -> object: ...


_carriers: list[Carrier] = []


def carried_by(carrier: Carrier) -> None:
    """Say who carries letters from now on."""
    _carriers[:] = [carrier]


def post_letter(to: str, *, key: str, template: str, context: Mapping[str, Any]) -> None:
    """Send a letter that nobody can unsubscribe from; the same `key` goes out once."""
    if not _carriers:
        raise ImproperlyConfigured("Nobody carries letters: see community.people.letters.")
    _carriers[0](to, key=key, category="", template=template, context=dict(context))
