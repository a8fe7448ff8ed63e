"""The benchmark's own PostgreSQL, Redis and web servers: nobody else's work counts as theirs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.services import Postgres, Redis, Service, free_port, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
PROCESSES = 2
THREADS = 4
SHARED_BUFFERS = "512MB"
PRISTINE, WORKING = "heard_{scale}", "heard_{scale}_run"


class Cluster(Postgres):
    """A PostgreSQL that keeps its data between runs, is durable, and counts statements."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.process = folder, free_port(), None
        self.data = folder / "data"
        if self.data.exists():
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            return
        folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        self.run("initdb", "--pgdata", str(self.data), "--username", "heard", "--auth", "trust")

    def command(self) -> list[str]:
        options = {
            "listen_addresses": "127.0.0.1",
            "shared_buffers": SHARED_BUFFERS,
            "shared_preload_libraries": "pg_stat_statements",
            "pg_stat_statements.track_utility": "off",
            "max_wal_size": "4GB",
        }
        given = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        place = ["-D", str(self.data), "-p", str(self.port), "-k", str(self.folder)]
        return [self.program("postgres"), *place, *given]

    def url_of(self, database: str) -> str:
        return f"postgres://heard@127.0.0.1:{self.port}/{database}"

    def ask(self, database: str, statement: str) -> object:
        """The first value that the statement answers, if it answers one."""
        with psycopg.connect(self.url_of(database), autocommit=True) as connection:
            cursor = connection.execute(statement)
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None

    def has(self, database: str) -> bool:
        found = f"SELECT 1 FROM pg_database WHERE datname = '{database}'"
        return bool(self.ask("postgres", found))

    def copy(self, pristine: str, working: str) -> None:
        """Make the working database anew, as a copy."""
        self.ask("postgres", f"DROP DATABASE IF EXISTS {working} WITH (FORCE)")
        self.ask("postgres", f"CREATE DATABASE {working} TEMPLATE {pristine} STRATEGY FILE_COPY")
        self.ask(working, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements")

    def statements(self, database: str) -> int:
        """How many statements the database has run, without the frame of transactions."""
        found = self.ask(
            database,
            "SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements AS s"
            " JOIN pg_database AS d ON d.oid = s.dbid"
            " WHERE d.datname = current_database() AND query NOT ILIKE '%pg_stat_statements%'",
        )
        return int(str(found))

    def __exit__(self, *error: object) -> None:
        self.stop()


class Web(Service):
    """The production server in two processes, on one database, with a page cache or without."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.port, self.process = folder, free_port(), None
        self.environment = environment
        folder.mkdir(parents=True, exist_ok=True)

    def command(self) -> list[str]:
        granian = str(Path(sys.executable).parent / "granian")
        options = [
            "--interface",
            "wsgi",
            "--no-ws",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        number = ["--workers", str(PROCESSES), "--blocking-threads", str(THREADS)]
        return [granian, "community.wsgi:application", *options, *number]

    def start(self) -> None:
        with (self.folder / "web.log").open("wb") as log:
            self.process = subprocess.Popen(
                self.command(), stdout=log, stderr=log, cwd=ROOT, env=self.environment
            )
        wait_until(self.is_ready, f"the web server to start, see {self.folder}/web.log")

    def __exit__(self, *error: object) -> None:
        self.stop()


class Cache(Redis):
    """The benchmark's Redis: pages, limits and the broker."""


def environment(folder: Path, *, database_url: str, redis_url: str) -> dict[str, str]:
    """What the product is started with: production, but without HTTPS, mail and tight limits."""
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "MALLOC_ARENA_MAX": "2",  # as in docs/systemd
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "bin.benchmark.settings",
        "PRODUCTION": "1",
        "SECRET_KEY": "the benchmark keeps no secrets, but production wants a long one",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "0",
        "EMAIL_URL": "dummymail://",
        "LIMITS_FACTOR": "1000000",
        "HEARD_VAR": str(folder),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
    }


def manage(environment: dict[str, str], *arguments: str) -> None:
    """Run a command of the product; what it says goes to the terminal."""
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
