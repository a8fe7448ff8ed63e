"""Work that is owed: each kind registers how to do what is due, and the sweep does it all."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from .models import Tick

logger = logging.getLogger(__name__)
DoDue = Callable[[datetime], int]
_jobs: dict[str, DoDue] = {}


def owed(name: str) -> Callable[[DoDue], DoDue]:
    """Register a function that does what is due at a time and answers how many things it did."""

    def register(do_due: DoDue) -> DoDue:
        _jobs[name] = do_due
        return do_due

    return register


def sweep(at: datetime | None = None) -> dict[str, int]:
    """Do everything that is owed now, each kind alone; answer what was done, by name.

    A job that fails is logged and tried again at the next sweep; the others go on.
    """
    at = at or timezone.now()
    done = {name: _do_one(name, do_due, at) for name, do_due in _jobs.items()}
    Tick.objects.update_or_create(name="sweep", defaults={"at": timezone.now()})
    return done


def _do_one(name: str, do_due: DoDue, at: datetime) -> int:
    try:
        return do_due(at)
    except Exception:
        logger.exception("owed work %s failed", name)
        return 0
