"""Whether the parts that Heard stands on are there, each as a sentence for the operator."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from .models import Tick
from .owed import SWEEP
from .wake import broker_answers

OK = "ok"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Part:
    """What is asked of one part, and whether pages can be served without it."""

    name: str
    find_fault: Callable[[], str]
    is_needed: bool


@dataclass(frozen=True)
class Readiness:
    """The state of each part: "ok", or what fails."""

    parts: dict[str, str]
    is_ready: bool

    @property
    def status(self) -> str:
        """`ok`, `degraded` (pages are served) or `down`."""
        if not self.is_ready:
            return "down"
        return "ok" if all(state == OK for state in self.parts.values()) else "degraded"


def check_readiness() -> Readiness:
    """Ask every part, each alone; takes a few milliseconds, or the time-outs of what is down."""
    states = {part: _state(part) for part in PARTS}
    is_ready = all(state == OK for part, state in states.items() if part.is_needed)
    return Readiness({part.name: state for part, state in states.items()}, is_ready)


def _state(part: Part) -> str:
    try:
        return part.find_fault() or OK
    except DatabaseError as fault:
        logger.warning("readiness of %s: %s", part.name, fault)
        connection.close_if_unusable_or_obsolete()
        return "the database does not answer"


def _database_fault() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migration_fault() -> str:
    missing = _newest_migrations() - set(MigrationRecorder(connection).applied_migrations())
    return f"{len(missing)} apps lack migrations: run manage.py migrate" if missing else ""


@cache
def _newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app as this code has them; reading them takes a while."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _broker_fault() -> str:
    return "" if broker_answers() else "the broker does not answer: owed work waits for the sweep"


def _tick_fault() -> str:
    last = Tick.objects.filter(name=SWEEP).first()
    if last is None:
        return "there was no tick yet: do beat and worker run?"
    age = (timezone.now() - last.at).total_seconds()
    if age > settings.TICK_MAX_AGE:
        return f"the last tick was {age:.0f} seconds ago: do beat and worker run?"
    return ""


PARTS = (
    Part("database", _database_fault, is_needed=True),
    Part("migrations", _migration_fault, is_needed=True),
    Part("broker", _broker_fault, is_needed=False),
    Part("tick", _tick_fault, is_needed=False),
)
