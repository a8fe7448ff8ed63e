"""The pieces of words that the model reads: BERT's, in lower case and without accents.

After Wu et al., “Google's Neural Machine Translation System” (2016), section 4.1: of each word the
longest piece that the vocabulary has, then the longest of the rest. Written here because the
library for it (tokenizers) brings a client for downloads with ten packages; it gives the same
pieces (`tests/search/test_meaning.py` has some of its answers).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST_WORD = 100  # characters: what is longer is no word


def numbers_of(text: str, vocabulary: Mapping[str, int], most: int) -> list[int]:
    """The numbers of a text's pieces, between those of the start and the end; `most` in all."""
    numbers = [vocabulary[START]]
    for word in _words(text):
        numbers += _pieces(word, vocabulary)
        if len(numbers) >= most:
            break
    return [*numbers[: most - 1], vocabulary[END]]


def _pieces(word: str, vocabulary: Mapping[str, int]) -> list[int]:
    if len(word) > LONGEST_WORD:
        return [vocabulary[UNKNOWN]]
    numbers, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            number = vocabulary.get(("##" if start else "") + word[start:end])
            if number is not None:
                break
        else:
            return [vocabulary[UNKNOWN]]
        numbers.append(number)
        start = end
    return numbers


def _words(text: str) -> Iterator[str]:
    """Runs of letters and digits; every mark, and every Chinese character, is a word of its own."""
    word = ""
    for letter in unicodedata.normalize("NFD", text.lower()):
        kind = unicodedata.category(letter)
        if kind == "Mn" or letter in "\x00\ufffd" or (kind[0] == "C" and letter not in "\t\n\r"):
            continue
        if not _stands_alone(letter, kind) and not letter.isspace():
            word += letter
            continue
        if word:
            yield word
        word = ""
        if not letter.isspace():
            yield letter
    if word:
        yield word


def _stands_alone(letter: str, kind: str) -> bool:
    is_ascii_mark = letter.isascii() and letter.isprintable() and not letter.isalnum()
    is_chinese = "\u3400" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff"
    return (is_ascii_mark and letter != " ") or kind[0] == "P" or is_chinese
