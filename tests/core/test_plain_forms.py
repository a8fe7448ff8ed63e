"""A fault of a form says what to do, never which rule was broken; the words stand in one place."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django import forms
from django.template import Context, Template
from django.urls import get_resolver
from django.utils.translation import gettext_lazy

from community.core.forms import PlainForm, speak_plainly

OURS = ("community.", "forum.", "ideas.")
NOT_SAID = ("this field", "this value", "valid choice", "ensure", "valid date", "submitted")


class Sample(PlainForm):
    """A field of each kind that our forms have."""

    title = forms.CharField(label="Title", min_length=3)
    colour = forms.ChoiceField(choices=[("r", "Red")])
    sizes = forms.MultipleChoiceField(choices=[("s", "Small")])
    day = forms.DateField()
    moment = forms.DateTimeField()
    cost = forms.IntegerField(min_value=1, max_value=9)
    email = forms.EmailField()
    slug = forms.SlugField(required=False)
    file = forms.FileField()
    agreed = forms.BooleanField()


def said_by(form: forms.Form) -> dict[str, str]:
    return {name: " ".join(words) for name, words in form.errors.items()}


def test_what_is_left_out_is_asked_for():
    assert said_by(Sample({})) == {
        "title": "Write something here.",
        "colour": "Choose one.",
        "sizes": "Choose at least one.",
        "day": "Enter a day.",
        "moment": "Enter a day and a time.",
        "cost": "Enter a number.",
        "email": "Enter an e-mail address.",
        "file": "Choose a file.",
        "agreed": "Tick this box.",
    }


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("title", "ab", "Write at least 3 characters."),
        ("colour", "blue", "Choose one of those shown."),
        ("sizes", "xl", "One of these can no longer be chosen. Choose again."),
        ("day", "31 June", "Enter a day of the calendar, such as 2026-05-12."),
        ("moment", "noon", "Enter a day and a time, such as 2026-05-12 14:00."),
        ("cost", "many", "Enter a whole number, in digits."),
        ("cost", "0", "Enter 1 or more."),
        ("cost", "10", "Enter 9 or less."),
        ("email", "me", "Enter an e-mail address, as name@example.com."),
        ("slug", "a b", "Use letters, digits, hyphens and underscores only."),
    ],
)
def test_what_is_wrong_is_said_with_what_is_right(name, typed, words):
    typed = [typed] if name == "sizes" else typed

    assert said_by(Sample({name: typed}))[name] == words


def test_what_a_field_says_itself_stays():
    class Own(PlainForm):
        title = forms.CharField(error_messages={"required": gettext_lazy("Write a title.")})

    assert said_by(Own({})) == {"title": "Write a title."}


def test_the_summary_names_the_field_of_words_that_name_none():
    html = Template("{% load heard %}{% error_summary form %}").render(
        Context({"form": Sample({})})
    )

    assert '<a href="#id_title">Title: Write something here.</a>' in html


def our_forms(kind: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    """The forms of the product that are no model's: those belong to the admin."""
    for form in kind.__subclasses__():
        yield from our_forms(form)
        if form.__module__.startswith(OURS) and not issubclass(form, forms.BaseModelForm):
            yield form


def test_all_our_forms_speak_plainly():
    assert get_resolver().url_patterns  # which loads every page with its forms

    forms_here = set(our_forms())

    assert len(forms_here) > 30
    assert {form for form in forms_here if not issubclass(form, PlainForm)} == set()


def test_no_field_of_ours_speaks_in_djangos_words():
    assert get_resolver().url_patterns

    stock = {}
    for form in set(our_forms()):
        for name, field in form.base_fields.items():
            asked = deepcopy(field)
            speak_plainly(asked)
            words = str(asked.error_messages["required"])
            if any(part in words.lower() for part in NOT_SAID):
                stock[f"{form.__name__}.{name}"] = words

    assert stock == {}
