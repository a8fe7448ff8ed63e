"""Where the tests run: out of the developer's way, with a browser where there is one.

This file is read before Django starts. The cast of people is in tests/cast.py.
"""

import atexit
import importlib.util
import os
import shutil
import tempfile

import django
import pytest
from django.conf import settings

from tests.services import find_chromium
from tests.settings_source import names_read

CHOSEN_BY_WHO_RUNS_THEM = {"DATABASE_URL", "REDIS_URL"}
LAST_REDIS_DATABASE = 15


def leave_the_developer_alone() -> None:
    """Give the tests a folder, settings and a Redis database of their own, each worker another.

    Django takes care of the database: it uses one whose name begins with `test_`.
    """
    for name in names_read() - CHOSEN_BY_WHO_RUNS_THEM:
        os.environ.pop(name, None)
    folder = tempfile.mkdtemp(prefix="heard-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["HEARD_VAR"] = folder
    if redis_url := os.environ.get("REDIS_URL"):
        worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        server = redis_url.rsplit("/", 1)[0]
        os.environ["REDIS_URL"] = f"{server}/{LAST_REDIS_DATABASE - worker}"


leave_the_developer_alone()
os.environ["DJANGO_SETTINGS_MODULE"] = "community.settings"
django.setup()
# A worker of pytest-xdist inherits the environment. Were the name in it, pytest-django would read
# the settings before this file has chosen that worker's own Redis database.
del os.environ["DJANGO_SETTINGS_MODULE"]
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, not safe

pytest_plugins = ["tests.audit_plugin", "tests.cast", "tests.leftovers", "tests.site"]

# Without requirements-dev.txt there is no Playwright; plain pytest then leaves the journeys out.
collect_ignore = [] if importlib.util.find_spec("playwright") else ["browser"]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Playwright drives the machine's own Chromium, which keeps quiet about its maker's servers."""
    chromium = find_chromium()
    assert chromium, "the journeys need Chromium (Debian: chromium)"
    quiet = ["background-networking", "component-update", "sync", "gpu", "quic"]
    arguments = ["--no-first-run", *(f"--disable-{name}" for name in quiet)]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {"executable_path": chromium, "args": arguments}
