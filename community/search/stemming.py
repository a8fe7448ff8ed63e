"""The stem of an English word, so that “returns”, “returned” and “returning” are one word.

After M. F. Porter, “An algorithm for suffix stripping”, Program 14 (1980), with the plurals and
past tenses that no rule makes. Both databases index what this answers, so both find the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

IRREGULAR = dict(
    pair.split(":")
    for pair in """
    men:man women:woman children:child kids:kid people:person feet:foot teeth:tooth mice:mouse
    bought:buy sold:sell paid:pay sent:send kept:keep found:find told:tell lost:lose left:leave
    given:give gave:give took:take taken:take broke:break broken:break chose:choose chosen:choose
    wrote:write written:write drove:drive driven:drive spoke:speak spoken:speak heard:hear met:meet
    built:build held:hold stood:stand hidden:hide hid:hide forgot:forget forgotten:forget ran:run
    running:run shown:show shelves:shelf lives:life news:news gas:gas bus:bus buses:bus
    sms:sms gps:gps dvds:dvd tvs:tv better:better best:best delivery:deliver delivers:deliver
    deliveries:deliver delivered:deliver delivering:deliver used:use using:use user:user users:user
    uses:use
    """.split()
)
VOWELS = re.compile("[aeiou]|(?<![aeiou])y")
CLUSTERS = re.compile("v+c+")
SECOND = {
    "ational": "ate",
    "tional": "tion",
    "enci": "ence",
    "anci": "ance",
    "izer": "ize",
    "bli": "ble",
    "alli": "al",
    "entli": "ent",
    "eli": "e",
    "ousli": "ous",
    "ization": "ize",
    "ation": "ate",
    "ator": "ate",
    "alism": "al",
    "iveness": "ive",
    "fulness": "ful",
    "ousness": "ous",
    "aliti": "al",
    "iviti": "ive",
    "biliti": "ble",
}
THIRD = {
    "icate": "ic",
    "ative": "",
    "alize": "al",
    "iciti": "ic",
    "ical": "ic",
    "ful": "",
    "ness": "",
}
FOURTH = (
    "al ance ence er ic able ible ant ement ment ent ou ism ate iti ous ive ize sion tion".split()
)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a lower-case word; whatever is not plain letters stays as it is."""
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return word
    if word in IRREGULAR:
        return stem(IRREGULAR[word]) if IRREGULAR[word] != word else word
    word = word.replace("isation", "ization") if word.endswith(("isation", "isations")) else word
    word = _without_past(_without_plural(word))
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    word = _replaced(_replaced(word, SECOND), THIRD)
    word = _without_last_e(_without_ending(word))
    return word[:-1] if word.endswith("fi") and len(word) > 4 else word


def _shape(word: str) -> str:
    """The word as c and v, for consonants and vowels."""
    vowels = {match.start() for match in VOWELS.finditer(word)}
    return "".join("v" if place in vowels else "c" for place in range(len(word)))


def _measure(word: str) -> int:
    """How many times a vowel is followed by a consonant: roughly the syllables."""
    return len(CLUSTERS.findall(_shape(word)))


def _has_vowel(word: str) -> bool:
    return VOWELS.search(word) is not None


def _is_short(word: str) -> bool:
    """Consonant, vowel, consonant: “hop”, which was “hope” before it was “hoping”."""
    return _shape(word)[-3:] == "cvc" and word[-1] not in "wxy"


def _without_plural(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith("ies"):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith("s") and not word.endswith(("ss", "us")):
        return word[:-1]
    return word


def _without_past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for ending in ("ed", "ing"):
        begin = word.removesuffix(ending)
        if begin != word and _has_vowel(begin):
            return _mended(begin)
    return word


def _mended(word: str) -> str:
    """What was cut off with “-ed” or “-ing”: an e, or a consonant too many."""
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if len(word) > 2 and word[-1] == word[-2] and word[-1] not in "aeioulsz":
        return word[:-1]
    return word + "e" if _measure(word) == 1 and _is_short(word) else word


def _replaced(word: str, endings: dict[str, str]) -> str:
    for ending in sorted(endings, key=len, reverse=True):
        if word.endswith(ending):
            begin = word[: -len(ending)]
            return begin + endings[ending] if _measure(begin) else word
    return word


def _without_ending(word: str) -> str:
    for ending in sorted(FOURTH, key=len, reverse=True):
        if word.endswith(ending):
            begin = word[: -len(ending)]
            begin += ending[0] if ending in ("sion", "tion") else ""
            return begin if _measure(begin) > 1 else word
    return word


def _without_last_e(word: str) -> str:
    if word.endswith("e"):
        begin = word[:-1]
        size = _measure(begin)
        if size > 1 or (size == 1 and not _is_short(begin)):
            word = begin
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
