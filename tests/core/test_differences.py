"""What changed in a text is marked word by word, escaped, and never slow."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest

from community.core.differences import MOST_WORDS, Differences


def marked(before: str, after: str) -> str:
    return Differences().marked(before, after)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("one bar here", "one bar here", "one bar here"),
        ("one bar here", "two bars here", "<del>one bar </del><ins>two bars </ins>here"),
        ("a b", "a x b", "a <ins>x </ins>b"),
        ("a x b", "a b", "a <del>x </del>b"),
        ("", "new", "<ins>new</ins>"),
        ("old", "", "<del>old</del>"),
        ("first\nline", "first\n\nline", "first<del>\n</del><ins>\n\n</ins>line"),
        ("any store", "any store please", "any store <ins>please</ins>"),
        ("I drive.", "I drive.\n\nAgain.", "I drive.<ins>\n\nAgain.</ins>"),
    ],
)
def test_words_are_marked(before: str, after: str, shown: str) -> None:
    assert marked(before, after) == shown


def test_everything_is_escaped() -> None:
    shown = marked("<b>a</b> & <script>", "<i>a</i> & <img src=x>")

    assert "<script>" not in shown
    assert "<img" not in shown
    assert "&lt;img" in shown
    assert "&amp;" in shown


def test_a_long_stretch_is_shown_whole() -> None:
    before, after = "a " * MOST_WORDS, "b " * MOST_WORDS

    shown = marked(before, after)

    assert (shown.count("<del>"), shown.count("<ins>")) == (1, 1)


def test_a_long_text_with_a_small_change_is_marked_in_its_place() -> None:
    long = "word " * 20_000

    assert marked(f"{long}old end", f"{long}new end").endswith("<del>old </del><ins>new </ins>end")


def test_texts_made_to_be_slow_are_not() -> None:
    chance = random.Random(3)
    words = [" ".join(chance.choice("ab") for _ in range(390)) for _ in range(30)]
    changes, started = Differences(), time.monotonic()

    for before, after in pairwise(words):
        changes.marked(before, after)

    assert time.monotonic() - started < 3
