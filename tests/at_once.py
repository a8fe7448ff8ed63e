"""Several acts at one moment, each in a thread and a transaction of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections

Act = Callable[[], object]


def at_once(*acts: Act, losing: tuple[type[Exception], ...] = ()) -> None:
    """Do all of these in threads; on SQLite, whose writers queue, one by one.

    `losing` is what those raise who come second; anything else, like a deadlock, comes up here.
    """

    def do(act: Act) -> None:
        try:
            act()
        except losing:
            return
        finally:
            if connection.vendor == "postgresql":
                connections.close_all()

    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(len(acts)) as threads:
            list(threads.map(do, acts))
    else:
        for act in acts:
            do(act)
