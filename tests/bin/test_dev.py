"""bin/dev runs web, worker and beat as one: they start, say what is wrong, and end together."""

import os
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import wait_until
from tests.site import Site

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def small_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one member: not empty, so that no start tells the demo story."""
    site = Site(tmp_path_factory.mktemp("small"))
    site.manage("migrate", "--verbosity", "0")
    site.manage("first_run", "--email", "boss@example.com")
    return site.folder / "heard.sqlite3"


@pytest.fixture
def small_site(small_database: Path, tmp_path: Path) -> Iterator[Site]:
    """A site over a copy of that database, not yet started."""
    shutil.copy(small_database, tmp_path)
    site = Site(tmp_path)
    yield site
    site.stop()


def processes_of(site: Site) -> dict[int, str]:
    """Every process that works in the site's folder: its number and command."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue  # it has just ended, or is not ours to look at
        if f"HEARD_VAR={site.folder}\0".encode() in environment:
            found[int(process.name)] = command.decode().replace("\0", " ")
    return found


def process_of(site: Site, part: str) -> int:
    return next(number for number, command in processes_of(site).items() if f" {part} " in command)


def test_all_of_it_ends_when_asked_to(small_site: Site) -> None:
    small_site.start()
    assert len(processes_of(small_site)) >= 4

    small_site.stop(signal.SIGINT)

    assert processes_of(small_site) == {}
    assert "the data is kept" in small_site.log()


def test_all_of_it_ends_even_when_it_is_killed(small_site: Site) -> None:
    small_site.start()

    small_site.stop(signal.SIGKILL)

    wait_until(lambda: not processes_of(small_site), "the orphans to end")


def test_the_death_of_one_ends_the_others_and_is_told(small_site: Site) -> None:
    small_site.start()

    os.kill(process_of(small_site, "worker"), signal.SIGKILL)
    assert small_site.process is not None
    code = small_site.process.wait(30)

    assert code == 1
    assert "The worker process died" in small_site.log()
    assert processes_of(small_site) == {}


def test_a_second_start_is_quick_and_keeps_the_data(small_site: Site) -> None:
    small_site.start()
    small_site.stop()
    begin = time.monotonic()

    small_site.start()

    assert time.monotonic() - begin < 6
    assert "already an admin" in small_site.manage("first_run", "--email", "boss@example.com")


def test_a_taken_port_is_told(small_site: Site) -> None:
    with socket.create_server(("127.0.0.1", small_site.port)), pytest.raises(AssertionError):
        small_site.start()

    assert f"Port {small_site.port} is taken. Choose another: PORT=" in small_site.log()


def test_a_second_one_in_the_same_folder_is_told(small_site: Site) -> None:
    small_site.start()
    second = Site(small_site.folder)

    with pytest.raises(AssertionError):
        second.start()

    assert "already. A second one: HEARD_VAR=" in second.log()


def test_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    site = Site(tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")

    with pytest.raises(AssertionError):
        site.start()

    assert "The database cannot be reached" in site.log()
    assert "Traceback" not in site.log()


def test_it_writes_only_into_its_folder(small_site: Site) -> None:
    small_site.start()

    assert {path.name for path in small_site.folder.iterdir()} >= {"heard.sqlite3", "log", "broker"}
    assert not list(Path.cwd().glob("celerybeat*"))
