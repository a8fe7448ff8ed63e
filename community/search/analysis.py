"""From a text to its terms: ASCII words, folded and stemmed, the same for both databases.

Letters of other scripts are spelt out as their code points, so that no tokenizer of a database ever
has an opinion of its own; scripts without spaces are cut into pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from .stemming import stem

LONGEST_WORD = 40
MOST_CHARACTERS = 20_000  # of a text that are read
WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:-[^\W_]+)*", re.UNICODE)
WITHOUT_SPACES = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
UNSPACED = re.compile(f"[{WITHOUT_SPACES}]+")
RUNS = re.compile(f"[{WITHOUT_SPACES}]+|[^{WITHOUT_SPACES}]+")
STOP_WORDS = frozenset(
    """
    a about above after again all also am an and any are as at be because been before being below
    between both but by can could did do does doing down during each few for from further had has
    have having he her here hers him his how i if in into is it its itself just let me more most
    my myself no nor not now of off on once only or other our ours out over own please same she
    should so some such than that the their theirs them then there these they this those through
    to too under until up us very was we were what when where which while who whom why will with
    would you us your yours im ive id ill dont doesnt cant isnt wont youre theyre thats whats s t
    d ll m re ve
    """.split()
)
SPELT = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d"}


def terms_of(text: str) -> list[str]:
    """The terms of a text in their order, without the words that say nothing."""
    folded = fold(text[:MOST_CHARACTERS])
    return [term for word in WORDS.findall(folded) for term in _terms_of_word(word)]


def spellings(text: str) -> dict[str, str]:
    """The words of a text as they were typed, folded, by the term that each became."""
    words = WORDS.findall(fold(text[:MOST_CHARACTERS]))
    found = ((_terms_of_word(word), word) for word in words)
    return {terms[0]: word for terms, word in found if len(terms) == 1}


def fold(text: str) -> str:
    """The text in lower case without accents; its length may change."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return "".join(SPELT.get(char, char) for char in plain) if not plain.isascii() else plain


@lru_cache(maxsize=20_000)
def _terms_of_word(word: str) -> tuple[str, ...]:
    """“wi-fi” is the term wifi, “self-service” both parts and the whole, “don't” nothing."""
    if "-" not in word:
        return tuple(_plain_terms(word))
    parts = word.split("-")
    if any(len(part) < 3 for part in parts):
        return tuple(_plain_terms("".join(parts)))
    whole = _plain_terms("".join(parts)) if len(parts) == 2 else ()
    return (*(term for part in parts for term in _plain_terms(part)), *whole)


def _plain_terms(word: str) -> Iterator[str]:
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    word = word.replace("'", "").replace("’", "")[:LONGEST_WORD]
    if not word or word in STOP_WORDS:
        return
    if word.isascii():
        yield stem(word)
        return
    for part in RUNS.findall(word):
        if UNSPACED.match(part) and len(part) > 1:
            yield from (_spelt_out(part[i : i + 2]) for i in range(len(part) - 1))
        else:
            yield stem(part) if part.isascii() else _spelt_out(part)


def _spelt_out(word: str) -> str:
    """Letters of another script as an ASCII word that no English one is like."""
    return "u" + "".join(f"{ord(char):x}" for char in word)[: 2 * LONGEST_WORD]
