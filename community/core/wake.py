"""Wake-up calls to the worker: sent after the commit, possibly lost, never slow and never fatal.

The work itself stands in the database; the sweep finds what a lost call did not start.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial

from celery import current_app
from django.db import transaction
from kombu import Connection
from kombu.pools import producers

from .breaker import Breaker

TIMEOUT = 0.2  # seconds that a request waits for the broker at most
logger = logging.getLogger(__name__)
breaker = Breaker("the message broker")
_is_asleep: ContextVar[bool] = ContextVar("is_asleep", default=False)


def wake(task_name: str, *args: int | str) -> None:
    """Ask the worker to run this task, once the transaction is committed."""
    if not _is_asleep.get():
        transaction.on_commit(partial(_publish, task_name, args), robust=True)


@contextmanager
def asleep() -> Iterator[None]:
    """Send no wake-up calls in here: for bulk work that ends with a sweep of its own."""
    token = _is_asleep.set(True)
    try:
        yield
    finally:
        _is_asleep.reset(token)


def _publish(task_name: str, args: tuple[int | str, ...]) -> None:
    if breaker.is_open:
        return
    try:
        with producers[broker_connection()].acquire(block=True, timeout=TIMEOUT) as producer:
            current_app.send_task(
                task_name, args=args, producer=producer, retry=False, ignore_result=True
            )
    except Exception as fault:
        breaker.trip(fault)
        logger.warning("wake-up call %s was not sent; the sweep will find the work", task_name)


def broker_answers() -> bool:
    """Whether the broker can be reached right now; asked by the readiness check only."""
    try:
        with broker_connection().clone() as connection:
            connection.ensure_connection(max_retries=0)
    except Exception as fault:
        breaker.trip(fault)
        return False
    breaker.reset()
    return True


@cache
def broker_connection() -> Connection:
    """The broker as a page may use it. The worker's own connection waits longer and tries again."""
    connection = current_app.connection_for_write(connect_timeout=TIMEOUT)
    connection.transport_options = {
        **(connection.transport_options or {}),
        "max_retries": 0,
        "socket_connect_timeout": TIMEOUT,
        "socket_timeout": TIMEOUT,
    }
    return connection
