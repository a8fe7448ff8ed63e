"""What people type: cleaned once, at the door."""

from __future__ import annotations

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
MAX_BODY = 20_000


def clean_text(text: str) -> str:
    """The text in NFC with plain line ends. Raises ValidationError on control characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if FORBIDDEN.search(text):
        raise ValidationError(_("This text holds characters that cannot be shown."))
    return text.strip()


def clean_line(text: str) -> str:
    """The text as one line, each run of white space one space."""
    return " ".join(clean_text(text).split())


def excerpt(text: str, length: int) -> str:
    """The first words of a plain text, at most `length` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def slug_of(title: str) -> str:
    """The title in an address: letters of any language, at most 80 characters, never empty."""
    return slugify(title, allow_unicode=True)[:80].strip("-") or "-"


class LineField(forms.CharField):
    """One line of text."""

    def to_python(self, value: object) -> str:
        return clean_line(str(super().to_python(value) or ""))


class BodyField(forms.CharField):
    """A text of several lines, in Markdown."""

    widget = forms.Textarea

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("max_length", MAX_BODY)
        super().__init__(**kwargs)  # type: ignore[arg-type]

    def to_python(self, value: object) -> str:
        return clean_text(str(super().to_python(value) or ""))
