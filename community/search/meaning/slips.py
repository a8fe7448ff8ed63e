"""Words mended before the model reads them: a slip of the finger misleads it more than the index.

It reads an unknown word in pieces, “umbrelas” as “um” and “bre”. The words it knows as a whole,
some 20,000, the commonest first, are the dictionary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from string import ascii_lowercase

from ..analysis import WORDS, fold, terms_of

SHORTEST = 4  # letters of a word that may be mistyped


def mended(title: str, guesses: Mapping[str, Set[str]], known: Mapping[str, int]) -> str:
    """The title with each slip replaced by what was meant.

    `guesses` has the terms that the index does not know, each with those it may be a slip for;
    `known` are the words of the model with their places, the commonest first.
    """

    def meant(word: str) -> str:
        terms = terms_of(word)
        if len(terms) != 1 or terms[0] not in guesses or word in known or len(word) < SHORTEST:
            return word
        near = [other for other in set(_one_step_from(word)) if len(other) > 2 and other in known]
        likely = {other for other in near if not guesses[terms[0]].isdisjoint(terms_of(other))}
        return min(likely or near, key=known.__getitem__, default=word)

    return WORDS.sub(lambda found: meant(found.group()), fold(title)) if guesses else title


def _one_step_from(word: str) -> Iterator[str]:
    """All that is one letter left out, swapped with the next, changed or added away."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        for letter in ascii_lowercase:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
