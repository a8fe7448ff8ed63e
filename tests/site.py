"""The running product for tests that need it: web server, worker and beat, as bin/dev has them."""

import os
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import Postgres, Redis, free_port, wait_until

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 180  # with the demo story, on a busy machine


class Site:
    """Heard on a port and in a folder of its own, until `stop`. Data stay for the next `start`."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "HEARD_VAR": str(folder),
            "PORT": str(self.port),
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start all of it and wait for the first page."""
        with (self.folder / "dev.log").open("ab") as log:
            command = [sys.executable, "-m", "bin.run_dev"]
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        wait_until(self.is_up, f"the site to start:\n{self.log()}", SECONDS_TO_START)

    def is_up(self) -> bool:
        """Whether it has said that it runs. Fails when it has ended instead."""
        assert self.process is not None
        assert self.process.poll() is None, self.log()
        return f"Heard runs at {self.url}" in self.log()

    def log(self) -> str:
        """All it has said on the terminal, of every start."""
        return (self.folder / "dev.log").read_text()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it, and wait until it has ended."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(30)
            self.process = None

    def manage(self, *arguments: str) -> str:
        """What a management command prints, run against the same database."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def get(self, path: str) -> str:
        """A page as a visitor gets it."""
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            body: bytes = answer.read()
            return body.decode()

    def mails(self) -> list[str]:
        """The mails it has sent, oldest first, as text."""
        finished = (self.folder / "mail").glob("[!.]*.eml")
        files = sorted(finished, key=lambda file: file.stat().st_mtime)
        return [file.read_text() for file in files]


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Heard with its demo story on the embedded default, one for all tests that ask for it."""
    with tempfile.TemporaryDirectory(prefix="heard-site-") as folder:
        running = Site(Path(folder))
        try:
            running.start()
            yield running
        finally:
            running.stop()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL that a test may kill and start again."""
    with Postgres() as server:
        server.create_database()
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Redis]:
    """A Redis that a test may kill and start again."""
    with Redis() as server:
        yield server
