"""From what was typed to what is meant: synonyms, joined and divided words, slips of the finger."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from .analysis import spellings, terms_of
from .queries import SURE, Concept, Phrase, Query
from .spelling import corrections, may_be_slips

MOST_TITLE_TERMS = 24
MOST_BODY_TERMS = 15
MOST_ALONE = 5
BODY_WEIGHT = 0.3
MOST_GUESSES = 3  # unknown words whose meaning is guessed: each is a query
SYNONYM = 0.9  # how surely a synonym says the same
NEAR = 0.4  # and an everyday word that lies near
TOGETHER = 0.9  # “check out” for “checkout”
MISTYPED = 0.8
IN_TEXT = 0.8  # how much surer a word of a text is than its synonym
Ways = Mapping[str, Iterable[tuple[Phrase, Iterable[tuple[Phrase, float]]]]]


class Vocabulary(Protocol):
    """The words of the index."""

    total: int

    def counts(self, words: Iterable[str]) -> Mapping[str, int]:
        """In how many entries each of these words stands, of those that stand in any."""

    def mistypings(self, words: Iterable[str]) -> Mapping[str, Iterable[tuple[str, int]]]:
        """For words: the slips that are made for them, and what they are slips for, with counts."""

    def near(self, words: Iterable[str]) -> Mapping[str, Iterable[tuple[str, int]]]:
        """For each the words that begin with it or are spelt like it, with their counts."""


def understand(title: str, body: str, *, words: Vocabulary, ways: Ways) -> Query:
    """The query that a title, and perhaps a text, makes.

    `ways` says how else things are said: by a phrase's first term, the phrase and its alternatives.
    """
    terms = list(dict.fromkeys(terms_of(title)))[:MOST_TITLE_TERMS]
    meant, told = _meant(terms, ways), Counter(terms_of(body))
    known = dict(words.counts(_all_words(meant, told)))
    _guess_unknown(meant, spellings(title), known, words, ways)
    slips = words.mistypings(terms)
    for term, found in meant.items():
        found.update({(word,): MISTYPED for word, _count in slips.get(term, ())})
        known.update(slips.get(term, ()))
    concepts = [_concept({(term,): 1.0, **others}, known) for term, others in meant.items()]
    said = {phrase[0] for concept in concepts for phrase, _sure, _count in concept.phrases}
    told_too = _telling(told, known, words.total, without=said)
    return Query(concepts, _otherwise(told_too, words, ways), words.total)


def _guess_unknown(
    meant: dict[str, dict[Phrase, float]],
    typed: Mapping[str, str],
    known: dict[str, int],
    words: Vocabulary,
    ways: Ways,
) -> None:
    """Add what the first few unknown words may be slips for, and what says the same as that."""
    counted = _all_words(meant, known)
    unknown = [term for term in meant if term not in known and not _is_right(meant[term], known)]
    spelt = {term: {term, typed.get(term, term)} for term in unknown[:MOST_GUESSES]}
    alike = words.near(set().union(*spelt.values())) if spelt else {}
    for term, spellings_of in spelt.items():
        for word, near, sure in _likely_meant(spellings_of, alike, ways):
            known |= {word: near} if near else {}
            meant[term].setdefault((word,), sure)
            for phrase, others in ways.get(word, ()):
                if phrase == (word,):
                    same = {other: sure * how_surely for other, how_surely in others}
                    meant[term] = {**same, **meant[term]}
    unread = _all_words(meant, ()) - counted
    known.update(words.counts(unread) if unread else {})


def _is_right(others: Mapping[Phrase, float], known: Mapping[str, int]) -> bool:
    """Whether what is unknown is no slip: a synonym of what is known, or, as “wi” before “fi”, half
    of what is.
    """
    sure = (phrase for phrase, surely in others.items() if surely >= SURE)
    return any(len(phrase) == 1 and phrase[0] in known for phrase in sure)


def _likely_meant(
    spelt: set[str], alike: Mapping[str, Iterable[tuple[str, int]]], ways: Ways
) -> list[tuple[str, int, float]]:
    """What a word may be a slip for, stemmed or as it was typed: words of the index, and words that
    something there says otherwise; each with its count in the index, and how surely.
    """
    found: dict[str, tuple[int, float]] = {}
    for spelling in spelt:
        near = dict(alike[spelling])
        said = dict.fromkeys(may_be_slips(spelling, ways), 1)
        for word, _count, sure in corrections(spelling, (said | near).items()):
            if sure > found.get(word, (0, 0))[1]:
                found[word] = near.get(word, 0), sure
    surest = max((sure for _count, sure in found.values()), default=0)
    return [(word, count, sure) for word, (count, sure) in found.items() if sure > surest - 0.25]


def _meant(terms: list[str], ways: Ways) -> dict[str, dict[Phrase, float]]:
    """For each term, what says the same.

    What says the same as several terms together stands with each of them: who writes “voucher”
    has said both “gift” and “card”.
    """
    meant: dict[str, dict[Phrase, float]] = {term: {} for term in terms}
    for place, term in enumerate(terms):
        for phrase, others in ways.get(term, ()):
            if tuple(terms[place : place + len(phrase)]) == phrase:
                for part in phrase:
                    meant[part].update(others)
        for cut in range(2, len(term) - 1):
            meant[term][(term[:cut], term[cut:])] = TOGETHER
    for first, second in itertools.pairwise(terms):
        meant[first][(first + second,)] = meant[second][(first + second,)] = TOGETHER
    return meant


def _all_words(meant: Mapping[str, Mapping[Phrase, float]], told: Iterable[str]) -> set[str]:
    others = {word for phrases in meant.values() for phrase in phrases for word in phrase}
    return {*meant, *others, *told}


def _concept(found: Mapping[Phrase, float], known: Mapping[str, int]) -> Concept:
    """The phrases that stand in the index at all; of several words the rarest tells how often."""
    counted = (
        (phrase, sure, min(known.get(w, 0) for w in phrase)) for phrase, sure in found.items()
    )
    return Concept(tuple(each for each in counted if each[2]))


def _telling(
    told: Counter[str], known: Mapping[str, int], total: int, without: set[str]
) -> list[Concept]:
    """The most telling words of a text: rare in the index, and often in it.

    Of those that stand in one entry only a few: it may be this very text.
    """

    def worth(word: str) -> float:
        return math.log(1 + total / known[word]) * (1 + math.log(told[word]))

    words = sorted((w for w in told if known.get(w) and w not in without), key=worth, reverse=True)
    shared = [word for word in words if known[word] > 1][:MOST_BODY_TERMS]
    alone = [word for word in words if known[word] == 1][:MOST_ALONE]
    return [Concept((((word,), 1.0, known[word]),), BODY_WEIGHT) for word in shared + alone]


def _otherwise(concepts: list[Concept], words: Vocabulary, ways: Ways) -> list[Concept]:
    """The same words of a text, each beside what surely says as much and stands in the index."""
    others = {concept: dict(_surely(concept.phrases[0][0], ways)) for concept in concepts}
    known = words.counts({word for found in others.values() for phrase in found for word in phrase})
    return [
        replace(concept, phrases=concept.phrases + _concept(found, known).phrases)
        for concept, found in others.items()
    ]


def _surely(said: Phrase, ways: Ways) -> Iterator[tuple[Phrase, float]]:
    """What surely says the same as a word of a text, and how surely."""
    for phrase, alternatives in ways.get(said[0], ()):
        if phrase == said:
            yield from ((other, sure * IN_TEXT) for other, sure in alternatives if sure >= SURE)
