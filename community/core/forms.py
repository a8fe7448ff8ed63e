"""What our forms have in common: their faults say what to do. And the form of the theme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .processors import THEMES

WORDS = {"system": _("As my device is set"), "light": _("Light"), "dark": _("Dark")}

# By kind of field, the narrower kind first: what to do, in place of the rule that Django states.
PLAIN: tuple[tuple[type[forms.Field], Mapping[str, Any]], ...] = (
    (
        forms.FileField,
        {
            "required": _("Choose a file."),
            "missing": _("Choose a file."),
            "invalid": _("Choose a file."),
            "empty": _("This file is empty. Choose another."),
            "max_length": _("The name of this file is too long. Give it a shorter one."),
        },
    ),
    (
        forms.ModelMultipleChoiceField,
        {
            "required": _("Choose at least one."),
            "invalid_list": _("Choose from what is shown."),
            "invalid_choice": _("One of these can no longer be chosen. Choose again."),
            "invalid_pk_value": _("One of these can no longer be chosen. Choose again."),
        },
    ),
    (
        forms.MultipleChoiceField,
        {
            "required": _("Choose at least one."),
            "invalid_list": _("Choose from what is shown."),
            "invalid_choice": _("One of these can no longer be chosen. Choose again."),
        },
    ),
    (
        forms.ModelChoiceField,
        {"required": _("Choose one."), "invalid_choice": _("Choose one of those shown.")},
    ),
    (
        forms.ChoiceField,
        {"required": _("Choose one."), "invalid_choice": _("Choose one of those shown.")},
    ),
    (forms.BooleanField, {"required": _("Tick this box.")}),
    (
        forms.DateTimeField,
        {
            "required": _("Enter a day and a time."),
            "invalid": _("Enter a day and a time, such as 2026-05-12 14:00."),
        },
    ),
    (
        forms.DateField,
        {
            "required": _("Enter a day."),
            "invalid": _("Enter a day of the calendar, such as 2026-05-12."),
        },
    ),
    (
        forms.IntegerField,
        {
            "required": _("Enter a number."),
            "invalid": _("Enter a whole number, in digits."),
            "min_value": _("Enter %(limit_value)s or more."),
            "max_value": _("Enter %(limit_value)s or less."),
        },
    ),
    (
        forms.EmailField,
        {
            "required": _("Enter an e-mail address."),
            "invalid": _("Enter an e-mail address, as name@example.com."),
        },
    ),
    (
        forms.SlugField,
        {"invalid": _("Use letters, digits, hyphens and underscores only.")},
    ),
    (
        forms.CharField,
        {
            "required": _("Write something here."),
            "min_length": _("Write at least %(limit_value)d characters."),
            "max_length": _("%(show_value)d characters are too many: %(limit_value)d fit here."),
            "null_characters_not_allowed": _("Take out the characters that cannot be seen."),
        },
    ),
)
OF_NO_FIELD = tuple(words for _kind, said in PLAIN for words in said.values())


class PlainForm(forms.Form):
    """A form whose faults say what to do. What a field says of its own accord stays.

    The fields learn their words when the form is checked, so that showing one costs nothing.
    """

    def full_clean(self) -> None:
        """Check it, each fault in plain words."""
        for field in self.fields.values():
            speak_plainly(field)
        super().full_clean()


def speak_plainly(field: forms.Field) -> None:
    """Give the field our words wherever it would speak in Django's."""
    theirs = _words_of_django(type(field))
    for kind, said in PLAIN:
        if isinstance(field, kind):
            for code, words in said.items():
                if field.error_messages.get(code) == theirs.get(code):
                    field.error_messages[code] = words


def _words_of_django(kind: type[forms.Field]) -> dict[str, Any]:
    """What Django itself has such a field say, by the code of the fault."""
    said: dict[str, Any] = {}
    for each in reversed(kind.__mro__):
        if each.__module__.startswith("django."):
            said |= vars(each).get("default_error_messages", {})
    return said


class ThemeForm(PlainForm):
    """Light, dark, or as the reader's device has it."""

    theme = forms.ChoiceField(
        label=_("Appearance"),
        choices=[(theme, WORDS[theme]) for theme in THEMES],
        widget=forms.RadioSelect,
    )
