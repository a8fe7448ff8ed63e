"""The worker, or a beat, of the simulated year: `python -m bin.simulated_worker worker …`."""

# ruff: noqa: E402  the clock and Django have to be set up before models are imported

from __future__ import annotations

import sys
from datetime import datetime

from bin.simulated import SWEEPS, simulated_now  # the clock comes first

import django  # isort: skip

django.setup()

from celery.bin.celery import celery

from community.celery import app
from community.core import tasks
from community.core.owed import sweep

TICK_SECONDS = 0.4  # of real time; the product's beat ticks each minute


def noted_sweep(at: datetime | None = None) -> dict[str, int | None]:
    """A sweep; that it did all it had to is written down with what it did."""
    at = at or simulated_now()
    counts = sweep(at)
    if None not in counts.values():
        with SWEEPS.open("a") as book:
            book.write(f"{at.isoformat()} {sum(count or 0 for count in counts.values())}\n")
    return counts


tasks.sweep = noted_sweep  # type: ignore[attr-defined]  # in its place
app.conf.beat_schedule = {"tick": {"task": "core.tick", "schedule": TICK_SECONDS}}
app.conf.beat_max_loop_interval = TICK_SECONDS

if __name__ == "__main__":
    celery(["--quiet", "--app", "community", *sys.argv[1:]])
