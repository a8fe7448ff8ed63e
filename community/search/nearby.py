"""The landscape of each kind of text as this process has it, with the texts that come."""

from __future__ import annotations

import time
from collections.abc import Sequence
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

Row = tuple[int, int, bytes]  # an entry's id, the thing's key, its vector
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
    new = _rows(kind, after=place.last_id) if place else []
    if place and new and len(new) * GROWN < len(place.landscape.keys):
        return _with_more(place, new)
    if place and not new and time.monotonic() < place.kept_until:
        return place
    rows = _rows(kind, after=0)
    landscape = vectors.landscape(*_columns(rows))
    return Place(landscape, _last_of(rows), _kept_until()) if landscape else None


def _with_more(place: Place, new: Sequence[Row]) -> Place:
    keys, stored = _columns(new)
    landscape = place.landscape.with_more(keys, b"".join(stored))
    return Place(landscape, _last_of(new), min(place.kept_until, _kept_until()))


def _rows(kind: str, *, after: int) -> list[Row]:
    """Entries with a vector. By hand, because Django takes longer than the database for so many."""
    sql = f"SELECT id, object_id, vector FROM {TABLE} WHERE id > %s AND kind = %s"
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} AND vector IS NOT NULL", [after, kind])
        return list(cursor.fetchall())


def _last_of(rows: Sequence[Row]) -> int:
    return max((entry_id for entry_id, _key, _vector in rows), default=0)


def _columns(rows: Sequence[Row]) -> tuple[list[int], list[bytes]]:
    return [key for _id, key, _vector in rows], [vector for _id, _key, vector in rows]


def _kept_until() -> float:
    owed = SearchEntry.objects.filter(vector=None).exists()
    return time.monotonic() + (KEPT_WHILE_OWED if owed else KEPT)
