"""What the tests need of the machine: a PostgreSQL and a Redis of their own, and a browser.

The servers are thrown away afterwards and may be killed. Each has a temporary folder and a free
port, and knows nothing of the servers that a developer runs.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

SECONDS_TO_START = 30


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = SECONDS_TO_START) -> None:
    """Return as soon as it is so; fail with what was waited for."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Waited {seconds:g} seconds in vain: {what}")
        time.sleep(0.05)


def find_chromium() -> str | None:
    """Where the machine's Chromium is: Debian's, or another build of it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


class Service:
    """A server process with a folder of its own. As a context it runs inside the block."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"heard-{type(self).__name__.lower()}-"))
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        """What starts the server in the foreground."""
        raise NotImplementedError

    def account(self) -> str | None:
        """Whom the process runs as, when not as ourselves."""
        return None

    def is_ready(self) -> bool:
        """Whether somebody listens on its port."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def start(self) -> None:
        """Start it, also once more after `stop` or `kill`, with the data it had."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), stdout=log, stderr=log, cwd=self.folder, user=self.account()
            )
        wait_until(self.is_ready, f"{type(self).__name__} to start, see {self.folder}/log")

    def end(self, number: signal.Signals) -> None:
        """Send a signal and wait for the end."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(SECONDS_TO_START)
            self.process = None

    def stop(self) -> None:
        """End it in order, at once."""
        self.end(signal.SIGINT)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.end(signal.SIGKILL)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Redis(Service):
    """An empty Redis that keeps nothing on disk."""

    @staticmethod
    def is_installed() -> bool:
        return shutil.which("redis-server") is not None

    def command(self) -> list[str]:
        network = ["--bind", "127.0.0.1", "--port", str(self.port)]
        return ["redis-server", *network, "--save", "", "--appendonly", "no"]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"


class Postgres(Service):
    """A new cluster with one database; it skips fsync, which only a power cut would notice."""

    def __init__(self) -> None:
        super().__init__()
        self.data = self.folder / "data"
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.run("initdb", "--pgdata", str(self.data), "--username", "heard", "--auth", "trust")

    @staticmethod
    def find(program: str) -> str | None:
        """Where a program of PostgreSQL is; Debian keeps the server's off the PATH."""
        folders = Path("/usr/lib/postgresql").glob("*/bin")
        newest_first = sorted(folders, key=lambda folder: int(folder.parent.name), reverse=True)
        return shutil.which(
            program, path=os.pathsep.join([*map(str, newest_first), os.environ["PATH"]])
        )

    @classmethod
    def is_installed(cls) -> bool:
        return cls.find("initdb") is not None

    def program(self, name: str) -> str:
        path = self.find(name)
        if path is None:
            raise FileNotFoundError(f"{name} is not installed (Debian: postgresql)")
        return path

    def account(self) -> str | None:
        """PostgreSQL refuses to run as root; Debian's package makes this account."""
        return "postgres" if os.geteuid() == 0 else None

    def run(self, name: str, *arguments: str) -> None:
        subprocess.run(
            [self.program(name), *arguments],
            check=True,
            capture_output=True,
            cwd="/",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            user=self.account(),
        )

    def command(self) -> list[str]:
        options = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        sockets = ["-k", str(self.folder)]
        place = ["-D", str(self.data), "-p", str(self.port)]
        return [self.program("postgres"), *place, *sockets, *options]

    def is_ready(self) -> bool:
        """Whether it takes queries: it listens some time before it does."""
        question = [self.program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(question, check=False).returncode == 0

    def create_database(self) -> None:
        """Make the database that `url` names; tests that only use test_… databases need it too."""
        place = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "heard"]
        self.run("createdb", *place, "heard")

    @property
    def url(self) -> str:
        return f"postgres://heard@127.0.0.1:{self.port}/heard"
