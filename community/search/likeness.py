"""What may say the same, by words and by meaning together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from statistics import mean

from django.db.models import QuerySet

from .analysis import terms_of
from .engines import Candidate
from .meaning import vectors
from .meaning.loading import model
from .meaning.slips import mended
from .models import SearchEntry
from .nearby import landscape_of
from .queries import Query, Scope
from .scoring import Scored, judged, rank

WORDS = 0.4  # what a title that says everything is worth, beside 1 for the very same meaning
COMPARED = 100  # things near in meaning whose vectors are compared
NEAR = 20  # of them, those that are read beside the ones that share words


def likeliest(
    query: Query, by_words: Sequence[Candidate], title: str, body: str, scope: Scope
) -> list[Scored]:
    """What shares words with it and what means nearly the same, likeliest first.

    What has no vector yet stands as if it meant the same as the others do on average.
    """
    landscape = landscape_of(scope.kind)
    made = vectors.of([(_as_meant(title, query), body)]) if landscape else None
    if landscape is None or made is None:
        return rank(query, by_words)
    words = {candidate.object_id for candidate in by_words}
    stored = _vectors(scope, {*words, *landscape.nearest(made[0], COMPARED)})
    alike = dict(zip(stored, landscape.likeness(made[0], [*stored.values()]), strict=True))
    near = _candidates(scope, _nearest(alike, least=landscape.by_chance, without=words))
    usual = mean(alike.values()) if alike else 0.0
    found = []
    for one in judged(query, [*by_words, *near]):
        score = WORDS * one.fit + alike.get(one.candidate.object_id, usual)
        found.append(Scored(one.candidate, score, score - landscape.by_chance))
    return sorted(found, key=lambda one: (-one.score, -one.candidate.object_id))


def _as_meant(title: str, query: Query) -> str:
    """The title with its slips mended, where the index knows neither word nor stem."""
    loaded = model()
    guesses = {
        term: {word for phrase, _sure, _count in concept.phrases for word in phrase}
        for term, concept in zip(dict.fromkeys(terms_of(title)), query.title, strict=False)
        if all(phrase != (term,) for phrase, _sure, _count in concept.phrases)
    }
    return mended(title, guesses, loaded.vocabulary) if loaded else title


def _nearest(alike: Mapping[int, float], *, least: float, without: Collection[int]) -> list[int]:
    """Of the things compared, the nearest, as far as they are about the same at all."""
    others = [key for key, cosine in alike.items() if cosine > least and key not in without]
    return sorted(others, key=lambda key: alike[key], reverse=True)[:NEAR]


def _entries(scope: Scope, keys: Collection[int]) -> QuerySet[SearchEntry]:
    entries = SearchEntry.objects.filter(
        kind=scope.kind, audience__in=scope.audiences, object_id__in=keys
    )
    return entries if scope.boards is None else entries.filter(board_id__in=scope.boards)


def _vectors(scope: Scope, keys: Collection[int]) -> dict[int, bytes]:
    """The vectors of those of these things that have one and may be answered."""
    entries = _entries(scope, keys).filter(vector__isnull=False)
    return {key: bytes(row or b"") for key, row in entries.values_list("object_id", "vector")}


def _candidates(scope: Scope, keys: Collection[int]) -> list[Candidate]:
    columns = "object_id", "title", "body", "title_terms", "body_terms"
    rows = _entries(scope, keys).values_list(*columns) if keys else ()
    return [
        Candidate(key, title, body, in_title.split(), in_body.split())
        for key, title, body, in_title, in_body in rows
    ]
