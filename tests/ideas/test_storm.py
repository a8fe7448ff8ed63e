"""However many vote and take it back at once, the count is the rows and the heat is their sum."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import Postgres, Redis
from tests.site import ROOT, Site

pytestmark = pytest.mark.server
CALLS = "400"


@pytest.fixture(params=["sqlite", "postgresql"])
def unlimited_site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """The running product without its demo story and without limits, on either database."""
    services = {}
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        redis: Redis = request.getfixturevalue("redis_server")
        services = {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url}
    with tempfile.TemporaryDirectory(prefix="heard-storm-") as folder:
        site = Site(Path(folder), LIMITS_FACTOR="1000", **services)
        site.manage("migrate", "-v0")
        site.manage("first_run", "--email", "admin@example.com")
        try:
            site.start()
            yield site
        finally:
            site.stop()


def test_a_storm_on_one_idea_leaves_exact_figures(unlimited_site: Site) -> None:
    command = [sys.executable, "-m", "bin.storm", "--url", unlimited_site.url]
    done = subprocess.run(
        [*command, "--calls", CALLS, "--members", "40"],
        cwd=ROOT,
        env=unlimited_site.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["answers"] == {"200": int(CALLS)}
    assert found["stored"] == found["rows"] == found["persons"]
    assert "No drift" in unlimited_site.manage("reconcile")
