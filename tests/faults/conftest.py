"""The product on a database of choice, and on services that a test may take away."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.load import Backed
from tests.services import Postgres, Redis
from tests.site import Site

StartSite = Callable[..., Site]


@pytest.fixture
def start_site() -> Iterator[StartSite]:
    """A function that starts the product without its demo story and without limits."""
    with ExitStack() as ends:

        def start(**services: str) -> Site:
            folder = ends.enter_context(tempfile.TemporaryDirectory(prefix="heard-faults-"))
            site = Site(Path(folder), LIMITS_FACTOR="1000", **services)
            ends.callback(site.stop)
            site.manage("migrate", "-v0")
            site.manage("first_run", "--email", "admin@example.com")
            site.start()
            return site

        yield start


@pytest.fixture
def backed(start_site: StartSite) -> Iterator[Backed]:
    """The site on a PostgreSQL and a Redis of its own."""
    with Postgres() as postgres, Redis() as redis, ExitStack() as ends:
        postgres.create_database()
        site = start_site(DATABASE_URL=postgres.url, REDIS_URL=redis.url)
        ends.callback(site.stop)  # before what it stands on
        yield Backed(site, postgres, redis)
