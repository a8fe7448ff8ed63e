"""Asking the index: what says these words, and what says the same as a new text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models.expressions import RawSQL

from .concepts import understand
from .engines import engine
from .likeness import likeliest
from .queries import Match, Phrase, Query, Scope, match_all, match_some
from .scoring import Scored, rank
from .synonyms import ways
from .words import IndexVocabulary

COUNTED_TO = 1000
LONGEST = 400  # characters of words, or of a title, that are read
LONGEST_BODY = 8000
RANKED = 120  # candidates that are read and put in order
LOOKED_AT = 3000  # about how many entries the database compares for similar things
PRINTABLE = str.maketrans({"\x00": " "})


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found: its key and words, how well it fits (1: it says everything), and the
    terms in it that were looked for.
    """

    pk: int
    title: str
    body: str
    fit: float
    terms: frozenset[str]


@dataclass(frozen=True)
class Found:
    """The best hits, and how many there are (one over a thousand means more).

    `is_partial` says that none has all the words, and these have some.
    """

    hits: list[Hit]
    count: int
    is_partial: bool = False


def find(words: str, scope: Scope, *, limit: int = 100) -> Found:
    """What says all the words, best first; where nothing does, what says some of them."""
    return find_each(words, [scope], limit=limit)[0]


def find_each(words: str, scopes: Sequence[Scope], *, limit: int = 100) -> list[Found]:
    """The same for several scopes, which share the queries."""
    query = _query(words, "")
    found = _found(query, match_all(query), scopes, limit)
    empty = [scope for scope, its in zip(scopes, found, strict=True) if not its.hits]
    some = match_some(query, at_most=LOOKED_AT)
    partly = iter(_found(query, some, empty, limit, is_partial=True))
    return [its if its.hits else next(partly) for its in found]


def _found(
    query: Query, match: Match, scopes: Sequence[Scope], limit: int, *, is_partial: bool = False
) -> list[Found]:
    """The best hits of each scope among what matches."""
    if not match or not scopes:
        return [Found([], 0)] * len(scopes)
    looked_for, found = _looked_for(query), []
    for its in engine().best(query, match, scopes, max(RANKED, limit)):
        hits = [_hit(scored, looked_for) for scored in rank(query, its.candidates)[:limit]]
        count = min(its.count, COUNTED_TO + 1) if hits else 0
        found.append(Found(hits, count, is_partial and bool(hits)))
    return found


def keys_of(words: str, scope: Scope) -> RawSQL | None:
    """The keys of all that say the words, as a subquery to filter by; None where nothing does."""
    match = match_all(_query(words, ""))
    return RawSQL(*engine().keys(match, scope)) if match else None


def similar(
    title: str, body: str = "", *, scope: Scope, limit: int = 5, without: Sequence[int] = ()
) -> list[Hit]:
    """What may say the same already, likeliest first."""
    query = _query(title, body)
    match = match_some(query, at_most=LOOKED_AT)
    by_words = engine().candidates(query, match, scope, RANKED) if match else []
    found = likeliest(query, by_words, title[:LONGEST], body[:LONGEST_BODY], scope)
    left = [one for one in found if one.candidate.object_id not in without]
    looked_for = _looked_for(query)
    return [_hit(one, looked_for) for one in left[:limit]]


def _query(title: str, body: str) -> Query:
    title, body = title[:LONGEST].translate(PRINTABLE), body[:LONGEST_BODY].translate(PRINTABLE)
    return understand(title, body, words=IndexVocabulary(), ways=ways())


def _hit(found: Scored, looked_for: Collection[Phrase]) -> Hit:
    """What was found, with the words that are marked in it: of a phrase all its words or none."""
    thing = found.candidate
    says = {*thing.title_terms, *thing.body_terms}
    said = frozenset(word for phrase in looked_for if says.issuperset(phrase) for word in phrase)
    return Hit(thing.object_id, thing.title, thing.body, found.fit, said)


def _looked_for(query: Query) -> set[Phrase]:
    return {phrase for concept in query.title for phrase, _sure, _count in concept.surely().phrases}
