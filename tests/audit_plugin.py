"""Lets the tests empty their database, whose audit tables refuse to be emptied.

A test that commits is followed by Django's `flush`, which deletes all rows. Around that, and around
nothing else, the triggers are taken off.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase

from community.activity import triggers


@pytest.fixture(scope="session", autouse=True)
def emptied_with_its_triggers_off() -> Iterator[None]:
    """Wrap the end of tests that commit."""
    patch = pytest.MonkeyPatch()
    empty = TransactionTestCase._fixture_teardown

    def emptied(case: TransactionTestCase) -> None:
        triggers.remove(connection)
        try:
            empty(case)
        finally:
            triggers.install(connection)

    patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
    yield
    patch.undo()
