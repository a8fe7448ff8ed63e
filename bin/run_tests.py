"""What bin/test runs inside .venv: the parts of the suite, each with the services it needs.

The PostgreSQL and the Redis are the tests' own (tests/services.py). Arguments go to pytest, for
every part. With CI=true a part that did not run is a failure.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.services import Postgres, Redis, find_chromium

ROOT = Path(__file__).resolve().parent.parent
NO_TESTS_COLLECTED = 5  # pytest's exit code

SERVERS = {"PostgreSQL": Postgres.is_installed(), "Redis": Redis.is_installed()}
BROWSER = {"Chromium": find_chromium() is not None}


@dataclass(frozen=True)
class Part:
    """One run of pytest: which tests it takes, and what it needs on the machine."""

    title: str
    marks: str
    needs: dict[str, bool]
    options: tuple[str, ...] = ()
    on_servers: bool = False

    @property
    def missing(self) -> str:
        return " and ".join(name for name, is_here in self.needs.items() if not is_here)


SUITE = "not browser and not server"
PARTS = [
    Part("The suite on SQLite", SUITE, {}, ("-n", "2")),
    Part("The suite on PostgreSQL and Redis", SUITE, SERVERS, ("-n", "2"), on_servers=True),
    Part("Real servers, killed and restarted", "server", SERVERS),
    Part("Journeys in Chromium", "browser", BROWSER),
]


@dataclass(frozen=True)
class Outcome:
    """How a part went. It counts as run when at least one test was."""

    title: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    why_not: str = ""

    def __str__(self) -> str:
        if self.why_not:
            return f"{self.title}: NOT RUN, {self.why_not}"
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        counts = f"{self.passed} passed, {self.failed} failed{skipped}"
        return f"{self.title}: {counts} in {self.seconds:.0f} s"


@contextmanager
def environment_of(part: Part) -> Iterator[dict[str, str]]:
    """The environment of a part: never the developer's own database or Redis."""
    environment = {
        name: text for name, text in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
    }
    with ExitStack() as services:
        if part.on_servers:
            postgres = services.enter_context(Postgres())
            postgres.create_database()
            environment["DATABASE_URL"] = postgres.url
            environment["REDIS_URL"] = services.enter_context(Redis()).url
        yield environment


def run(part: Part, arguments: list[str]) -> Outcome:
    """Run a part, unless something it needs is missing."""
    print(f"\n--- {part.title}", flush=True)
    if part.missing:
        return Outcome(part.title, why_not=f"this machine has no {part.missing}")
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-m", part.marks, *part.options, *arguments]
    with environment_of(part) as environment, tempfile.NamedTemporaryFile(suffix=".xml") as report:
        command.append(f"--junitxml={report.name}")
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        passed, failed, skipped = counts_in(Path(report.name))
    if code == NO_TESTS_COLLECTED:
        return Outcome(part.title, why_not="no test was selected")
    if code and not failed:
        print(f"pytest itself broke down, exit code {code}", flush=True)
        failed = 1
    return Outcome(part.title, passed, failed, skipped, time.monotonic() - started)


def counts_in(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped by pytest's report, which is empty when pytest broke down."""
    text = report.read_text()
    if not text:
        return 0, 0, 0
    suites = list(ElementTree.fromstring(text).iter("testsuite"))

    def total(*names: str) -> int:
        return sum(int(suite.get(name, 0)) for suite in suites for name in names)

    failed, skipped = total("failures", "errors"), total("skipped")
    return total("tests") - failed - skipped, failed, skipped


def main(arguments: list[str]) -> int:
    """Run every part, say what ran and what did not, and answer with the exit code."""
    outcomes = [run(part, arguments) for part in PARTS]
    print("\n--- In short")
    for outcome in outcomes:
        print(outcome)
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes)
    skipped = sum(outcome.skipped for outcome in outcomes)
    missed = [outcome for outcome in outcomes if outcome.why_not]
    is_whole = not missed or bool(arguments)
    in_ci = os.environ.get("CI") == "true"
    if in_ci and not is_whole:
        print("In CI every part has to run, so this is a failure.")
        failed += len(missed)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
