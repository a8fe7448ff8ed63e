"""Owed work: each app registers how to do what is due, and one sweep a minute does all of it.

What is due stands in rows, so a lost message or a killed worker costs a minute and nothing else.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import close_old_connections, connection
from django.utils import timezone

from .models import Tick

SWEEP = "sweep"
logger = logging.getLogger(__name__)

DoDue = Callable[[datetime], int]
AnyDoDue = TypeVar("AnyDoDue", bound=DoDue)
_jobs: dict[str, DoDue] = {}


def owed(name: str) -> Callable[[AnyDoDue], AnyDoDue]:
    """Register a job, `ideas.raise`: it does what is due at a time and answers how many things.

    It may be run by two sweeps at once, and again after having been killed anywhere.
    """

    def register(do_due: AnyDoDue) -> AnyDoDue:
        _jobs[name] = do_due
        return do_due

    return register


def sweep(at: datetime | None = None) -> dict[str, int | None]:
    """Do everything that is due at a time, now unless said; answer how many things each job did.

    A job that fails is logged, answered as None, and tried again at the next sweep; the others go
    on. The tick tells the real time, also in a simulation.
    """
    at = at or timezone.now()
    counts = {name: _run(name, do_due, at) for name, do_due in _jobs.items()}
    Tick.objects.update_or_create(name=SWEEP, defaults={"at": timezone.now()})
    return counts


def _run(name: str, do_due: DoDue, at: datetime) -> int | None:
    """How many things the job did; None when it failed."""
    started = time.monotonic()
    try:
        count = do_due(at)
    except Exception:
        logger.exception("owed work %s failed", name)
        _drop_broken_connection()
        return None
    if count:
        logger.info("owed work %s did %d in %.1f s", name, count, time.monotonic() - started)
    return count


def _drop_broken_connection() -> None:
    """Let the next job begin with a connection that works, when the database went away."""
    if not connection.in_atomic_block:
        close_old_connections()
