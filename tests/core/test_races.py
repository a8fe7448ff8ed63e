"""Many at once: a limit lets through as many as it says, on either database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import Postgres

pytestmark = pytest.mark.server

ROOT = Path(__file__).resolve().parents[2]
KNOCK = """
import django
django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from community.core.limits import LimitReached, check_limit

call_command("migrate", "core", verbosity=0)
settings.LIMITS = {"knock": (100, 86_400)}

def try_often(times):
    through = 0
    for _ in range(times):
        try:
            check_limit("knock", "mara")
            through += 1
        except LimitReached:
            pass
    connections.close_all()
    return through

with ThreadPoolExecutor(10) as threads:
    print(sum(threads.map(try_often, [50] * 10)))
"""


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def database(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The environment that chooses a database; SQLite is the file of HEARD_VAR."""
    if request.param == "SQLite":
        yield {}
    else:
        with Postgres() as server:
            server.create_database()
            yield {"DATABASE_URL": server.url}


def test_of_five_hundred_at_once_a_hundred_get_through(database, tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "HEARD_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "community.settings",
        **database,
    }
    command = [sys.executable, "-c", KNOCK]

    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert done.stdout == "100\n", done.stderr
