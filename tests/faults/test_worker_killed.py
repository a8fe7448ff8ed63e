"""However often a worker is killed in the midst of its work, each effect happens, and once."""

import json
import os
import subprocess
import sys

import pytest

from tests.services import Postgres, Redis
from tests.site import ROOT

pytestmark = pytest.mark.server

SHORT = ("--ideas", "15", "--people", "300", "--kills", "3")


def kill_and_count(**services: str) -> dict[str, dict[str, object]]:
    """What `bin/killed_worker` finds in its short form."""
    environment = {"PATH": os.environ["PATH"], **services}
    done = subprocess.run(
        [sys.executable, "-m", "bin.killed_worker", *SHORT],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, dict[str, object]] = json.loads(done.stdout.splitlines()[-1])
    assert found["kills"], "nothing was killed in the midst of work"
    return found


def test_each_effect_once_on_the_embedded_default() -> None:
    found = kill_and_count()

    assert found["raising"]["escalations"] == 15
    assert found["telling"]["letters"] == 300


def test_each_effect_once_on_postgresql_and_redis() -> None:
    with Postgres() as postgres, Redis() as redis:
        postgres.create_database()
        found = kill_and_count(DATABASE_URL=postgres.url, REDIS_URL=redis.url)

    assert found["closing"]["digests"] == 12
    assert found["telling"]["ledger"] == [300, 300]
