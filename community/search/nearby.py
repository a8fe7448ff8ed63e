"""The landscape of each kind of text as this process has it, with the texts that come."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from django.db import connection

from .meaning import vectors
from .meaning.loading import model
from .models import SearchEntry

if TYPE_CHECKING:
    from .meaning.landscape import Landscape

TABLE = SearchEntry._meta.db_table
KEPT = 1800  # seconds until all vectors are read anew: texts change
KEPT_WHILE_OWED = 30  # the same while some entries have none yet
GROWN = 10  # a tenth more texts is another landscape
AT_ONCE = 5000  # entries in memory beside their vectors
reading = Lock()
_places: dict[str, Place] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """A landscape, the newest entry in it, and until when it is kept."""

    landscape: Landscape
    last_id: int
    kept_until: float


def landscape_of(kind: str) -> Landscape | None:
    """Where the texts of a kind lie, with the newest; None where there is no model.

    What has changed since it was read lies where it was: who asks reads the entries themselves.
    While one thread reads it anew, which takes a second where there are many, others use the old.
    """
    if model() is None:
        return None
    place = _places.get(kind)
    if not reading.acquire(blocking=place is None):
        return place.landscape if place else None
    try:
        place = _renewed(kind, _places.get(kind))
        if place:
            _places[kind] = place
    finally:
        reading.release()
    return place.landscape if place else None


def forget() -> None:
    """Read everything anew when it is next needed."""
    _places.clear()


def _renewed(kind: str, place: Place | None) -> Place | None:
    keys, stored, last_id = _read(kind, after=place.last_id if place else 0)
    if place and keys and len(keys) * GROWN < len(place.landscape.keys):
        more = place.landscape.with_more(keys, stored)
        return Place(more, last_id, min(place.kept_until, _kept_until()))
    if place and not keys and time.monotonic() < place.kept_until:
        return place
    if place:
        keys, stored, last_id = _read(kind, after=0)
    landscape = vectors.landscape(keys, stored)
    return Place(landscape, last_id, _kept_until()) if landscape else None


def _read(kind: str, *, after: int) -> tuple[list[int], bytearray, int]:
    """The things with a vector from this entry on, their vectors, and the last such entry."""
    keys, stored, last_id = list[int](), bytearray(), after
    while rows := _rows(kind, last_id):
        for _id, key, vector in rows:
            keys.append(key)
            stored += vector
        last_id = rows[-1][0]
        if len(rows) < AT_ONCE:
            break
    return keys, stored, last_id


def _rows(kind: str, after: int) -> list[tuple[int, int, bytes]]:
    """By hand, because Django takes longer than the database for so many."""
    sql = (
        f"SELECT id, object_id, vector FROM {TABLE} WHERE id > %s AND kind = %s"
        f" AND vector IS NOT NULL ORDER BY id LIMIT {AT_ONCE}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [after, kind])
        return list(cursor.fetchall())


def _kept_until() -> float:
    owed = SearchEntry.objects.filter(vector=None).exists()
    return time.monotonic() + (KEPT_WHILE_OWED if owed else KEPT)
