"""What people type: cleaned once, at the door."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .caps import LONGEST_TEXT, require_renderable

LONGEST_SLUG = 80
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

# What databases, feeds or mails cannot carry (control characters, halves of surrogate pairs, the
# two code points that XML excludes), and the two that turn the direction of text around to deceive.
REFUSED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202d\u202e]")


def clean_text(text: str) -> str:
    """The text in NFC, its lines ended by newlines, without empty lines around it.

    Raises ValidationError where it holds a character that cannot be stored or shown.
    """
    text = LINE_ENDS.sub("\n", text)
    if REFUSED.search(text):
        raise ValidationError(
            _("This text holds an invisible character that cannot be shown. Please type it again."),
            code="unprintable",
        )
    return unicodedata.normalize("NFC", text).strip("\n").rstrip()


def clean_line(text: str) -> str:
    """The text as one line in NFC, every run of white space one space."""
    return " ".join(clean_text(text).split())


def excerpt(text: str, length: int) -> str:
    """The first words of a plain text as one line of at most `length` characters."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head, space, _rest = line[:length].rpartition(" ")
    words = head if space else line[: length - 1]
    return words.rstrip(",;:.-–— ") + "…"


def slug_of(title: str) -> str:
    """A title as part of an address: letters and digits of any script, never empty."""
    return slugify(title, allow_unicode=True)[:LONGEST_SLUG].strip("-_") or "-"


class TextField(forms.CharField):
    """A form's field for a text; says in the house's words by how much one is too long."""

    default_error_messages: ClassVar = {
        "max_length": _("%(show_value)d characters are too many: %(limit_value)d fit here."),
    }


class LineField(TextField):
    """A form's field for one line of text."""

    def to_python(self, value: Any) -> str:
        """The line, cleaned. Raises ValidationError beside the field."""
        return clean_line(super().to_python(value) or "")


class BodyField(TextField):
    """A form's field for a text in Markdown, of a size that can be rendered in time."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": LONGEST_TEXT, "strip": False, **options})

    def to_python(self, value: Any) -> str:
        """The text, cleaned. Raises ValidationError beside the field."""
        return clean_text(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        """Refuse what would take too long to render, before it is rendered anywhere."""
        super().validate(value)
        require_renderable(value)
