"""Wake-up calls to the worker: sent after the commit, may be lost, never slow and never fatal."""

from __future__ import annotations

import logging
import time

from django.db import transaction

from community.celery import app

logger = logging.getLogger(__name__)
REST_SECONDS = 5.0
_closed_until = 0.0


def wake(task_name: str, *args: object) -> None:
    """Ask the worker to look at something once this transaction is committed."""
    transaction.on_commit(lambda: _publish(task_name, args))


def _publish(task_name: str, args: tuple[object, ...]) -> None:
    """Publish once, without retry; after a failure rest, so that a dead broker costs nobody time."""
    global _closed_until
    if time.monotonic() < _closed_until:
        return
    try:
        app.send_task(task_name, args=args, retry=False, ignore_result=True)
    except Exception as fault:
        _closed_until = time.monotonic() + REST_SECONDS
        logger.warning("wake-up call %s not sent: %s", task_name, type(fault).__name__)
