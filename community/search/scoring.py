"""The order of what was found: BM25 over title and text together, the same for both databases.

After Robertson, Zaragoza, Taylor, “Simple BM25 extension to multiple weighted fields” (CIKM 2004):
a concept's occurrences in both fields are added, weighted, before they saturate. A title that says
little else counts in favour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .engines.base import Candidate
from .queries import Concept, Query

SATURATION = 1.2
IN_TITLE, IN_BODY = 2.0, 0.8
TITLE_LENGTH, TITLE_PULL = 6, 0.3  # terms of a usual title, and how much a longer one counts less
BODY_LENGTH, BODY_PULL = 50, 0.6
NOTHING_ELSE = 0.6
READ = 400  # terms of a text that are read


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, its score, and how well it fits: 1 for a title that says everything."""

    candidate: Candidate
    score: float
    fit: float


def rank(query: Query, candidates: Iterable[Candidate]) -> list[Scored]:
    """The candidates that say any of it, best first; of equals the newest."""
    scored = [one for one in judged(query, candidates) if one.score > 0]
    return sorted(scored, key=lambda one: (-one.score, -one.candidate.object_id))


def judged(query: Query, candidates: Iterable[Candidate]) -> list[Scored]:
    """The candidates with their scores, in the order they came in."""
    judge = Judge(query)
    scored = [(candidate, judge.score(candidate)) for candidate in candidates]
    return [Scored(candidate, score, score / judge.most) for candidate, score in scored]


class Judge:
    """Scores candidates for one query."""

    def __init__(self, query: Query) -> None:
        self.title = [(c, c.weight * c.rarity(query.total)) for c in query.title]
        self.rest = [(c, c.weight * c.rarity(query.total)) for c in query.body]
        self.most = sum(worth for _concept, worth in self.title) * _saturated(IN_TITLE) or 1.0
        self.says: dict[str, float] = {}  # what each word says of the query, at most
        for concept, worth in [*self.title, *self.rest]:
            for phrase, sure, _count in concept.phrases:
                for word in phrase:
                    self.says[word] = max(self.says.get(word, 0), sure * min(1, worth))

    def score(self, candidate: Candidate) -> float:
        title, body = Counter(candidate.title_terms), Counter(candidate.body_terms[:READ])
        total = sum(
            self._gain(concept, worth, title, body, candidate) for concept, worth in self.title
        )
        total += sum(
            self._gain(concept, worth, title, body, candidate) for concept, worth in self.rest
        )
        return total * (1 - NOTHING_ELSE + NOTHING_ELSE * self._share(candidate))

    def _gain(
        self,
        concept: Concept,
        worth: float,
        title: Counter[str],
        body: Counter[str],
        candidate: Candidate,
    ) -> float:
        in_title = _occurrences(concept, title, candidate.title_terms)
        in_body = _occurrences(concept, body, candidate.body_terms)
        if not in_title and not in_body:
            return 0.0
        long_title = 1 + TITLE_PULL * (len(candidate.title_terms) / TITLE_LENGTH - 1)
        long_body = 1 + BODY_PULL * (len(candidate.body_terms) / BODY_LENGTH - 1)
        often = IN_TITLE * in_title / long_title + IN_BODY * in_body / max(long_body, 0.2)
        return worth * _saturated(often)

    def _share(self, candidate: Candidate) -> float:
        """How much of the candidate's title the query says too."""
        words = set(candidate.title_terms)
        return sum(self.says.get(word, 0) for word in words) / len(words) if words else 0


def _saturated(often: float) -> float:
    """What it is worth to be said so often: the second time less than the first."""
    return often * (1 + SATURATION) / (often + SATURATION)


def _occurrences(concept: Concept, counts: Counter[str], terms: list[str]) -> float:
    """How often the phrases stand there, each as much as it surely says the concept."""
    often = 0.0
    for phrase, sure, _count in concept.phrases:
        if len(phrase) == 1:
            often += sure * counts.get(phrase[0], 0)  # a Counter is slow where a word is not
        elif all(word in counts for word in phrase):
            size = len(phrase)
            often += sure * sum(tuple(terms[i : i + size]) == phrase for i in range(len(terms)))
    return often
