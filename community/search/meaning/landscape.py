"""Where the texts of one kind lie, by what they mean: which of them are near another one.

Seen from their middle. All ideas for one shop are about shopping; what they have in common says
nothing about which of them are the same, so it is taken away: their mean, and where there are many,
the two directions in which they differ most. After Mu, Viswanath, “All-but-the-Top” (2018).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy

SIZE = 384  # numbers of a vector
FEW = 100  # of so many texts only half the middle is taken away: they may be alike by chance
MANY = 1000  # from so many on, the directions in which they differ most are known well enough
DIRECTIONS = 2
BY_CHANCE = 0.15  # the likeness of two ideas about different things, seen from the middle
IN_COMMON = 0.2  # and what is added where nothing is taken away
AT_ONCE = 500  # texts whose numbers are in memory


class Landscape:
    """The texts of one kind. Threads may share it: it never changes.

    Of each text it keeps the signs of its numbers, 48 bytes: 150,000 are compared in some 5 ms. So
    what it answers is nearly the nearest; who asks compares again with `likeness`.
    """

    def __init__(self, sample: bytes | bytearray, count: int) -> None:
        """Where the middle of `count` texts is, by the vectors of some of them. It has none yet."""
        mean, spread = _spread_of(_rows(sample))
        known = count / (count + FEW)
        self.middle = mean * known
        self.by_chance = BY_CHANCE + IN_COMMON * (1 - known)
        self.directions = numpy.zeros((0, SIZE), "float32")
        if count >= MANY:
            _much, axes = numpy.linalg.eigh(spread)
            self.directions = axes.T[-DIRECTIONS:]
        self.keys = numpy.zeros(0, "int64")
        self.signs = numpy.zeros((SIZE // 64, 0), "uint64")

    def with_more(self, texts: Iterable[tuple[Sequence[int], bytes]]) -> Landscape:
        """The same with these texts too, in portions of keys and their vectors."""
        keys, signs = [self.keys], [self.signs]
        for some, vectors in texts:
            keys.append(numpy.array(some, "int64"))
            signs.append(self._signs_of(_rows(vectors)))
        more = object.__new__(Landscape)
        more.middle, more.directions = self.middle, self.directions
        more.by_chance = self.by_chance
        more.keys, more.signs = numpy.concatenate(keys), numpy.concatenate(signs, axis=1)
        return more

    def nearest(self, vector: bytes, most: int) -> list[int]:
        """The keys of about the nearest texts, at most so many, in no order."""
        differing = numpy.bitwise_count(self.signs ^ self._signs_of(_rows(vector)))
        differing = differing.sum(axis=0, dtype="uint16")
        if len(differing) <= most:
            return [int(key) for key in self.keys]
        return [int(key) for key in self.keys[differing.argpartition(most)[:most]]]

    def likeness(self, vector: bytes, others: Sequence[bytes]) -> list[float]:
        """The cosine between a vector and each of the others, seen from the middle: 1 for the very
        same meaning, up to `by_chance` for what has no more in common than any two texts here.
        """
        seen = self._seen(_rows(b"".join([vector, *others])))
        return [float(cosine) for cosine in seen[1:] @ seen[0]]

    def _seen(self, rows: Any) -> Any:
        """Vectors as they are seen from the middle."""
        seen = unit(rows) - self.middle
        return unit(seen - (seen @ self.directions.T) @ self.directions)

    def _signs_of(self, rows: Any) -> Any:
        """An array of shape (SIZE / 64, rows): a bit for each number, whether it is positive."""
        parts = [numpy.packbits(self._seen(part) > 0, axis=1) for part in _parts(rows)]
        signs = numpy.concatenate([numpy.zeros((0, SIZE // 8), "uint8"), *parts]).view("uint64")
        return numpy.ascontiguousarray(signs.T)


def _spread_of(rows: Any) -> tuple[Any, Any]:
    """The mean of the rows, each of the length 1, and their covariance, times how many they are."""
    total, products = numpy.zeros(SIZE, "float32"), numpy.zeros((SIZE, SIZE), "float32")
    for part in map(unit, _parts(rows)):
        total += part.sum(axis=0)
        products += part.T @ part
    mean = total / max(len(rows), 1)
    return mean, products - len(rows) * numpy.outer(mean, mean)


def _parts(rows: Any) -> Iterator[Any]:
    """The rows, so many at once as may be in memory as numbers of four bytes."""
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


def unit(vectors: Any) -> Any:
    """The vectors, each of the length 1; what has none stays as it is."""
    vectors = vectors.astype("float32")
    lengths = (vectors**2).sum(axis=1, keepdims=True) ** 0.5
    return vectors / numpy.maximum(lengths, 1e-9)


def _rows(vectors: bytes | bytearray) -> Any:
    return numpy.frombuffer(vectors, dtype="int8").reshape(-1, SIZE)
