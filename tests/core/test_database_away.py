"""When the database goes away every page says so, and when it is back all of them serve again."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import Postgres, free_port, wait_until

pytestmark = pytest.mark.server

ROOT = Path(__file__).resolve().parents[2]
GRANIAN = ("-m", "granian", "community.wsgi:application", "--interface", "wsgi", "--no-ws")
PATIENCE = 5  # seconds a browser may wait for the page that says so


class Web:
    """The web server alone, on a port of its own."""

    def __init__(self, folder: Path, database: Postgres) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HEARD_VAR": str(folder),
            "DATABASE_URL": database.url,
            "PAGE_CACHE_SECONDS": "0",
        }
        self.manage("migrate", "--verbosity=0")
        port = self.url.rpartition(":")[2]
        self.process = self.start(*GRANIAN, "--host", "127.0.0.1", "--port", port)

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, *arguments]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=quiet, stderr=quiet)

    def manage(self, *arguments: str) -> None:
        assert self.start("manage.py", *arguments).wait() == 0

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def is_up(self) -> bool:
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False


@pytest.fixture(scope="module")
def database() -> Iterator[Postgres]:
    with Postgres() as server:
        server.create_database()
        yield server


@pytest.fixture(scope="module")
def web(database: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    server = Web(tmp_path_factory.mktemp("web"), database)
    try:
        wait_until(server.is_up, "the web server to start")
        yield server
    finally:
        server.process.terminate()
        server.process.wait(20)


def test_pages_say_so_in_time_and_serve_again_afterwards(web, database):
    assert web.get("/")[0] == 200
    assert web.get("/readyz")[0] == 200

    database.kill()
    try:
        for path in ("/", "/ideas/", "/people/mara/"):
            started = time.monotonic()
            status, page = web.get(path)
            assert (path, status) == (path, 503)
            assert "back in a moment" in page
            assert time.monotonic() - started < PATIENCE
        assert web.get("/healthz")[0] == 200
        status, answer = web.get("/readyz")
        assert status == 503
        assert "does not answer" in json.loads(answer)["parts"]["database"]
    finally:
        database.start()

    assert web.get("/")[0] == 200
    assert web.get("/readyz")[0] == 200


def test_a_restart_costs_no_connection_an_error_afterwards(web, database):
    """Kept connections are asked first whether they live."""
    database.stop()
    database.start()

    assert [web.get("/ideas/")[0] for _ in range(8)] == [200] * 8
