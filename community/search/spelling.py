"""Slips of the finger: which known word was meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

SHORTEST = 4  # letters of a word that may be mistyped
MOST = 4
RATIO = 8  # how much more common a word has to be than one that is a slip for it
COMMON = 3  # in how many entries it has to stand


def corrections(word: str, near: Iterable[tuple[str, int]]) -> list[tuple[str, int, float]]:
    """The words that may be meant by one that is unknown: word, count, and how surely."""
    found = []
    for other, count in near:
        if not count or not other:
            continue
        if other.startswith(word) and len(word) > 2:
            found.append((other, count, 0.8 if len(other) - len(word) < 4 else 0.7))
        elif len(word) >= SHORTEST:
            steps = distance(word, other)
            if steps <= (1 if len(word) < 6 else 2) and _may_begin(word, other):
                found.append((other, count, 0.9 if steps == 1 else 0.7))
    return sorted(found, key=lambda each: (-each[2], -each[1]))[:MOST]


def _may_begin(word: str, other: str) -> bool:
    """Whether it begins as a slip for the other does: a short one keeps its first letter."""
    return len(word) > SHORTEST or word[0] == other[0]


def may_be_slips(word: str, others: Iterable[str]) -> list[str]:
    """Those that it may be a slip for, judged by a glance: it saves counting the steps."""
    size, start, end = len(word), word[:2], word[-2:]
    if size <= SHORTEST:  # near so many words that only those of the index are guessed
        return []
    alike = [other for other in others if other.startswith(start) or other.endswith(end)]
    return [other for other in alike if abs(len(other) - size) < 3]


def distance(one: str, other: str) -> int:
    """How many letters were left out, added, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        now = [i]
        for j, b in enumerate(other, 1):
            steps = min(row[j] + 1, now[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                steps = min(steps, before[j - 2] + 1)
            now.append(steps)
        before, row = row, now
    return row[-1]


def guess_mistypings(counts: Mapping[str, int]) -> dict[str, str]:
    """For rare words the common one that each seems to be a slip for: one letter apart."""
    common: dict[str, list[str]] = {}
    for word, count in counts.items():
        if count >= COMMON and len(word) > SHORTEST and word.isalpha():
            for piece in _shortened(word):
                common.setdefault(piece, []).append(word)
    guesses = {}
    for word, count in counts.items():
        if len(word) <= SHORTEST or not word.isalpha():
            continue
        found = {other for piece in _shortened(word) for other in common.get(piece, ())}
        likely = [o for o in found if counts[o] >= RATIO * count and distance(word, o) == 1]
        if likely:
            guesses[word] = max(likely, key=lambda other: (counts[other], other))
    return guesses


def _shortened(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
