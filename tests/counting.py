"""What a request asks the database."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

BESIDE = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def queries(client: Client, address: str) -> list[str]:
    """The statements of a GET, without the frame of transactions."""
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    return [query["sql"] for query in caught if not query["sql"].startswith(BESIDE)]
