"""A simulated year under a random murderer: no period missing or double, everybody told, once.

The clock stands still while owed work is done, and is set on when a whole sweep found nothing more
to do. So what a killed process held up is found by the next day, as a minute later in real life.
"""

# ruff: noqa: E402  the clock and Django have to be set up before models are imported

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

from tests.services import Postgres, Redis

ASKED = argparse.ArgumentParser(description=__doc__)
ASKED.add_argument("--days", type=int, default=365)
ASKED.add_argument("--kills", type=int, default=60)
ASKED.add_argument("--seed", type=int, default=1)
ASKED.add_argument("--begin", default="2026-03-01", help="clocks change on 8 March and 1 November")
ASKED.add_argument("--embedded", action="store_true", help="SQLite and files, nothing of its own")
GIVEN = ASKED.parse_args()
FOLDER = Path(tempfile.mkdtemp(prefix="heard-year-"))
BEGIN = datetime.fromisoformat(GIVEN.begin).replace(hour=15, tzinfo=UTC)
SERVICES = ExitStack()
POSTGRES: Postgres | None = None
REDIS: Redis | None = None

os.environ["HEARD_VAR"] = str(FOLDER)
os.environ["DJANGO_SETTINGS_MODULE"] = "community.settings"
os.environ["LOG_LEVEL"] = "ERROR"
if not GIVEN.embedded:
    POSTGRES, REDIS = SERVICES.enter_context(Postgres()), SERVICES.enter_context(Redis())
    POSTGRES.create_database()
    os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = POSTGRES.url, REDIS.url

from bin.simulated import SWEEPS, set_clock  # before Django reads the time

set_clock(BEGIN)

import django

django.setup()

from django.core.management import call_command
from django.db import OperationalError, connection

from bin.simulated_story import Story, faults_of
from community.core.wake import asleep

PATIENCE = 240  # seconds for the owed work of one day
PROGRAMS = {
    "worker": ["worker", "--pool", "threads", "--concurrency", "4"],
    "beat 1": ["beat", "--schedule", str(FOLDER / "beat1"), "--pidfile", str(FOLDER / "b1.pid")],
    "beat 2": ["beat", "--schedule", str(FOLDER / "beat2"), "--pidfile", str(FOLDER / "b2.pid")],
}


class Processes:
    """Worker and two beats; each can be killed as a power cut would."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        for pidfile in FOLDER.glob(f"b{name[-1]}.pid"):
            pidfile.unlink()
        with (FOLDER / "log").open("ab") as log:
            command = [sys.executable, "-m", "bin.simulated_worker", *PROGRAMS[name]]
            self.running[name] = subprocess.Popen(
                command, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name: str) -> None:
        process = self.running.pop(name, None)
        if process is not None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def revive(self) -> None:
        """Start whatever has ended, by our hand or by itself."""
        for name in PROGRAMS:
            if name not in self.running or self.running[name].poll() is not None:
                self.start(name)

    def stop(self) -> None:
        for name in list(self.running):
            self.kill(name)


def victims(processes: Processes) -> dict[str, Callable[[], None]]:
    """Who may be killed, and how each is killed and comes back."""

    def service(one: Postgres | Redis) -> Callable[[], None]:
        def kill() -> None:
            connection.close()
            one.kill()
            time.sleep(0.3)
            one.start()

        return kill

    found: dict[str, Callable[[], None]] = {
        name: (lambda name=name: processes.kill(name))  # type: ignore[misc]
        for name in PROGRAMS
    }
    if POSTGRES and REDIS:
        found |= {"database": service(POSTGRES), "Redis": service(REDIS)}
    return found


def all_done(at: datetime) -> bool:
    """Whether a whole sweep of this moment found nothing more to do."""
    lines = SWEEPS.read_text().splitlines()[-20:] if SWEEPS.exists() else []
    return f"{at.isoformat()} 0" in lines


def work_through(
    at: datetime, processes: Processes, kill: Callable[[], None] | None, *, after: float
) -> None:
    """Let the processes do what is owed at this moment; kill somebody in its midst."""
    begun = time.monotonic()
    while not all_done(at) or kill:
        waited = time.monotonic() - begun
        if waited > PATIENCE:
            sys.exit(f"The work of {at} is not done in {PATIENCE} s: see {FOLDER}/log")
        if kill and waited > after:
            kill()
            kill = None
            SWEEPS.write_text("")  # what was noted before does not count
        processes.revive()
        time.sleep(0.05)


def live(story: Story, at: datetime) -> datetime:
    """What people do at this moment, or later, where the database has just come back.

    Who votes then has asked after what was published before: so the clock goes on.
    """
    for attempt in range(5):
        try:
            story.live(at)
        except OperationalError:
            connection.close()
            time.sleep(0.5 * (attempt + 1))
            at += timedelta(seconds=1)
            set_clock(at)
        else:
            return at
    sys.exit(f"The database does not come back: see {FOLDER}/log")


def main() -> int:
    """Live through the days; print one line of JSON; 1 where anything is missing or double."""
    chance = random.Random(GIVEN.seed)
    call_command("migrate", verbosity=0)
    story = Story(random.Random(GIVEN.seed + 1), begins=BEGIN)
    processes = Processes()
    killers = victims(processes)
    kill_days = sorted(chance.sample(range(GIVEN.days), min(GIVEN.kills, GIVEN.days)))
    killed: dict[str, int] = dict.fromkeys(killers, 0)
    begun, at = time.monotonic(), BEGIN
    try:
        processes.revive()
        for day in range(GIVEN.days):
            at = BEGIN + timedelta(days=day, minutes=chance.randrange(24 * 60))
            set_clock(at)
            with asleep():
                at = live(story, at)
            name = chance.choice(list(killers)) if day in kill_days else ""
            if name:
                killed[name] += 1
            work_through(at, processes, killers.get(name), after=chance.random() * 0.8)
    finally:
        processes.stop()
    set_clock(at + timedelta(days=1))
    with asleep():
        for _pass in range(3):
            call_command("sweep", stdout=StringIO())
    faults = faults_of(story, until=at + timedelta(days=1), mail=FOLDER / "mail", kills=killed)
    found = {
        "database": connection.vendor,
        "days": GIVEN.days,
        "killed": killed,
        **story.figures(FOLDER / "mail"),
        "faults": faults,
        "minutes": round((time.monotonic() - begun) / 60, 1),
    }
    print(json.dumps(found))
    return 1 if faults else 0


if __name__ == "__main__":
    code = 1
    try:
        code = main()
    finally:
        connection.close()
        SERVICES.close()
        if code == 0:
            shutil.rmtree(FOLDER, ignore_errors=True)
    sys.exit(code)
