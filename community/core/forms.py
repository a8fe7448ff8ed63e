"""The form of the theme."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .processors import THEMES

WORDS = {"system": _("As my device is set"), "light": _("Light"), "dark": _("Dark")}


class ThemeForm(forms.Form):
    """Light, dark, or as the reader's device has it."""

    theme = forms.ChoiceField(
        label=_("Appearance"),
        choices=[(theme, WORDS[theme]) for theme in THEMES],
        widget=forms.RadioSelect,
    )
