"""The landscape of each kind of text as this process has it, with the texts that come."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

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
SAMPLED = 2000  # texts that their middle is worked out from
AT_ONCE = 2000  # texts whose vectors are in memory
reading = Lock()
_places: dict[str, Place] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """A landscape, the newest entry when it was read, and until when it is kept."""

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
    if place and time.monotonic() < place.kept_until:
        count, last_id = _extent(kind, after=place.last_id)
        if not count:
            return place
        if count * GROWN < len(place.landscape.keys):
            more = place.landscape.with_more(_portions(kind, place.last_id, last_id))
            return Place(more, last_id, min(place.kept_until, _kept_until()))
    count, last_id = _extent(kind, after=0)
    empty = vectors.landscape(_sample(kind, count), count)
    if empty is None:
        return None
    return Place(empty.with_more(_portions(kind, 0, last_id)), last_id, _kept_until())


def _extent(kind: str, *, after: int) -> tuple[int, int]:
    """How many entries with a vector come after this one, and which entry of any kind is the last.

    So nothing is looked through again for being of another kind.
    """
    counted = "SELECT count(*) FILTER (WHERE kind = %s AND vector IS NOT NULL), max(id)"
    with connection.cursor() as cursor:
        cursor.execute(f"{counted} FROM {TABLE} WHERE id > %s", [kind, after])
        count, last_id = cursor.fetchone()
    return count, last_id or after


def _sample(kind: str, count: int) -> bytes:
    """The vectors of some SAMPLED entries of all ages."""
    step = count // SAMPLED | 1  # odd: kinds may come in turns
    rows = _ask("SELECT vector", kind, 0, f"AND id %% {step} = 0")
    return b"".join(vector for (vector,) in rows)


def _portions(kind: str, after: int, last_id: int) -> Iterator[tuple[list[int], bytes]]:
    """The things of the entries between the two and their vectors, so many in memory at once."""
    select, until = "SELECT id, object_id, vector", f"AND id <= %s ORDER BY id LIMIT {AT_ONCE}"
    while after < last_id:
        rows = _ask(select, kind, after, until, last_id)
        yield [key for _id, key, _vector in rows], b"".join(vector for *_ids, vector in rows)
        after = rows[-1][0] if len(rows) == AT_ONCE else last_id


def _ask(select: str, kind: str, after: int, more: str = "", *params: int) -> list[Any]:
    """Entries with a vector. By hand, because Django takes longer than the database for so many."""
    where = f"FROM {TABLE} WHERE id > %s AND kind = %s AND vector IS NOT NULL"
    with connection.cursor() as cursor:
        cursor.execute(f"{select} {where} {more}", [after, kind, *params])
        return list(cursor.fetchall())


def _kept_until() -> float:
    owed = SearchEntry.objects.filter(vector=None).exists()
    return time.monotonic() + (KEPT_WHILE_OWED if owed else KEPT)
