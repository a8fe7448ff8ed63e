"""A clock that the simulation sets. Imported first, before anything of Django reads the time."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.utils import timezone

FOLDER = Path(os.environ.get("HEARD_VAR", "var"))
CLOCK, SWEEPS = FOLDER / "clock", FOLDER / "sweeps"


def simulated_now() -> datetime:
    """The time that the simulation says it is."""
    return datetime.fromisoformat(CLOCK.read_text())


def set_clock(at: datetime) -> None:
    """Say what time it is, to all processes at once."""
    unfinished = CLOCK.with_suffix(".new")
    unfinished.write_text(at.isoformat())
    unfinished.rename(CLOCK)


timezone.now = simulated_now
