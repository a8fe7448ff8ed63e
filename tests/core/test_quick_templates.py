"""Sentences and icons of templates are made once, and say what they always said."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import override_settings
from django.utils import translation

from community.core.icons import ICONS


def said(text: str, **context: object) -> str:
    return Template("{% load heard i18n %}" + text).render(Context(context))


def test_a_sentence_is_in_the_language_of_each_reader():
    page = Template("{% load i18n %}{% translate 'Yes' %}, {% translate 'No' as no %}{{ no }}")

    with override_settings(LANGUAGES=[("en", "English"), ("de", "Deutsch")]):
        for language, words in (("en", "Yes, No"), ("de", "Ja, Nein"), ("en", "Yes, No")):
            with translation.override(language):
                assert page.render(Context()) == words


def test_what_varies_is_looked_up_each_time():
    assert said("{% translate word %}", word="<b>") == "&lt;b&gt;"
    assert said("{% translate 'yes'|upper %}") == "YES"
    assert said("{% translate '100% cotton & wool' %}") == "100% cotton & wool"


def test_an_icon_is_drawn_by_its_name():
    check = ICONS["check"]

    assert said("{% icon 'check' %}{% icon name %}", name="check") == check * 2
    assert said("{% icon 'check' as mark %}{{ mark }}{{ mark }}") == check * 2
    assert said("{% icon 'nothing like it' %}{% icon missing %}") == ""
    with pytest.raises(TemplateSyntaxError):
        said("{% icon 'check' large %}")
