"""Ideas are joined and parted in the midst of a storm of votes; every count stays exact."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.faults.conftest import StartSite
from tests.services import Postgres, Redis
from tests.site import ROOT

pytestmark = pytest.mark.server


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_joins_in_a_storm_are_exact_and_so_are_their_undos(
    start_site: StartSite, database: str, request: pytest.FixtureRequest
) -> None:
    services = {}
    if database == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        redis: Redis = request.getfixturevalue("redis_server")
        services = {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url}
    site = start_site(**services)
    size = ("--calls", "300", "--members", "40", "--joins", "20", "--pause", "0.1")

    done = subprocess.run(
        [sys.executable, "-m", "bin.join_storm", "--url", site.url, *size],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["joined_exact"]
    assert found["parted_exact"]
    assert found["undone_exact"]
    assert found["acts"] >= 100
    assert "No drift" in site.manage("reconcile")
