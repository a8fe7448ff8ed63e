"""Weeks of simulated time under a random murderer: nothing is missing and nothing double.

The short form of `bin/simulated_year`, over the night on which clocks go back.
"""

import json
import os
import subprocess
import sys

import pytest

from tests.site import ROOT

pytestmark = pytest.mark.server

SHORT = ("--begin", "2026-10-25", "--days", "14", "--kills", "4")


def live_through(*arguments: str) -> dict[str, object]:
    """What `bin/simulated_year` finds in its short form."""
    done = subprocess.run(
        [sys.executable, "-m", "bin.simulated_year", *SHORT, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(
    "services", [(), ("--embedded",)], ids=["PostgreSQL and Redis", "embedded"]
)
def test_two_weeks_lose_and_double_nothing(services: tuple[str, ...]) -> None:
    found = live_through(*services)

    assert found["faults"] == []
    assert found["digests"] == 2
    assert found["ideas"]
