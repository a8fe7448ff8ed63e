"""The order of what may say the same, by words and by meaning together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import mean

from .meaning import vectors
from .models import SearchEntry
from .scoring import Scored

MEANING = 2.0  # what the very same meaning is worth, beside 1 for the words of the best candidate
UNRELATED = 0.35  # the cosine of two ideas about different things in one shop


def by_meaning(found: Sequence[Scored], title: str, body: str, kind: str) -> list[Scored]:
    """The candidates, likeliest first: those that mean the same before those that share words.

    What has no vector yet stands as if it meant the same as the others do on average.
    """
    vector = vectors.of([(title, body)]) if found else None
    if vector is None:
        return list(found)
    cosines = _cosines(vector[0], [one.candidate.object_id for one in found], kind)
    usual = mean(cosines.values()) if cosines else 0.0
    most = max(one.score for one in found)
    scored = []
    for one in found:
        cosine = cosines.get(one.candidate.object_id, usual)
        score = one.score / most + MEANING * cosine
        scored.append(replace(one, score=score, fit=max(one.fit, cosine - UNRELATED)))
    return sorted(scored, key=lambda one: (-one.score, -one.candidate.object_id))


def _cosines(vector: bytes, keys: Sequence[int], kind: str) -> dict[int, float]:
    """How like each thing's meaning is, by its key; without those that have no vector yet."""
    entries = SearchEntry.objects.filter(kind=kind, object_id__in=keys, vector__isnull=False)
    stored = {key: bytes(row or b"") for key, row in entries.values_list("object_id", "vector")}
    return dict(zip(stored, vectors.likeness(vector, [*stored.values()]), strict=True))
