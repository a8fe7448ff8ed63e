"""What people type is cleaned at the door, and refused with a sentence where it cannot be kept."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from community.core.text import BodyField, LineField, clean_line, clean_text, excerpt, slug_of


class Sample(forms.Form):
    title = LineField(max_length=20)
    body = BodyField(required=False)


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028", "\u2029", "\v", "\x85"])
def test_every_line_end_becomes_a_newline(ending):
    assert clean_text(f"one{ending}two") == "one\ntwo"


def test_two_ways_to_write_an_accent_are_the_same_text():
    assert clean_text("Cafe\u0301") == clean_text("Caf\u00e9") == "Café"


def test_an_indented_first_line_stays_code():
    assert clean_text("\n\n    code\n\n") == "    code"


def test_a_line_has_no_breaks_and_no_double_spaces():
    assert clean_line("  free\u00a0 wi-fi\n in\tthe stores ") == "free wi-fi in the stores"


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ud800", "\ufffe", "\u202e"]
)
def test_what_cannot_be_stored_or_deceives_is_refused_with_a_sentence(character):
    with pytest.raises(ValidationError, match="invisible character"):
        clean_text(f"before{character}after")


def test_the_refusal_stands_beside_its_field():
    form = Sample({"title": "fine", "body": "a\x00b"})

    assert not form.is_valid()
    assert list(form.errors) == ["body"]
    assert form["body"].value() == "a\x00b"


def test_a_text_that_cannot_be_rendered_in_time_is_refused_beside_its_field():
    form = Sample({"title": "fine", "body": "[" * 10_000})

    assert not form.is_valid()
    assert "formatting marks" in form.errors["body"][0]


def test_a_text_that_is_too_long_says_how_long_it_may_be():
    form = Sample({"title": "fine", "body": "word " * 5_000})

    assert "20000" in form.errors["body"][0]


def test_an_empty_text_is_no_text():
    form = Sample({"title": "fine", "body": " \n "})

    assert form.is_valid()
    assert form.cleaned_data["body"] == ""


def test_a_title_of_spaces_is_missing():
    assert "title" in Sample({"title": " \u00a0 "}).errors


def test_an_excerpt_ends_between_words():
    assert excerpt("Free wi-fi in the stores,\nplease", 16) == "Free wi-fi in…"
    assert excerpt("Free  wi-fi", 40) == "Free wi-fi"


@pytest.mark.parametrize("length", range(1, 30))
def test_an_excerpt_is_never_longer_than_asked(length):
    assert len(excerpt("Donaudampfschifffahrt, and so on and on", length)) <= length


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Free wi-fi in the stores!", "free-wi-fi-in-the-stores"),
        ("Café für alle", "café-für-alle"),
        ("店内で無料", "店内で無料"),
        ("???", "-"),
        ("../../etc/passwd", "etcpasswd"),
        ("a" * 200, "a" * 80),
    ],
)
def test_a_title_becomes_an_address_of_any_script(title, slug):
    assert slug_of(title) == slug


def test_a_text_that_is_too_long_is_told_by_how_much_in_plain_words():
    form = Sample({"title": "t" * 25, "body": "b"})

    assert form.errors["title"] == ["25 characters are too many: 20 fit here."]
