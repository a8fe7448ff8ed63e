"""The file an admin uploads, and how it is to be read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from community.core.forms import PlainForm
from forum.models import Board

from .maps import MAPS
from .running import Plan

LARGEST = 20 * 1024 * 1024  # bytes


class UploadForm(PlainForm):
    """What to import."""

    file = forms.FileField(label=_("File"), help_text=_("CSV or JSON Lines, 20 MB at most."))
    map_name = forms.ChoiceField(
        label=_("Where it comes from"),
        choices=[(each.name, each.label) for each in MAPS.values()],
    )
    source = forms.SlugField(
        label=_("Name of the old site"),
        required=False,
        max_length=40,
        help_text=_("Keys are unique within it. Empty: as above."),
    )
    board = forms.ModelChoiceField(
        label=_("Board"),
        queryset=Board.objects.of_ideas(),
        required=False,
        empty_label=_("As each line says"),
        help_text=_("For lines that name none."),
    )
    comments = forms.FileField(
        label=_("A second file with the comments"),
        required=False,
        help_text=_("UserVoice, Canny and Salesforce export them apart."),
    )
    encoding = forms.CharField(
        label=_("Encoding"),
        required=False,
        max_length=20,
        help_text=_("Empty: UTF-8, or what the file begins with. Old Windows files: cp1252."),
    )
    all_or_nothing = forms.BooleanField(
        label=_("Import nothing if any line has a fault"), required=False
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Not too large for the database."""
        return _small_enough(self.cleaned_data["file"])

    def clean_comments(self) -> UploadedFile[bytes] | None:
        """The same for the second file."""
        file = self.cleaned_data.get("comments")
        return _small_enough(file) if file else None

    def plan(self) -> Plan:
        """What these fields ask for."""
        typed: dict[str, Any] = self.cleaned_data
        comments = typed["comments"]
        return Plan(
            source=(typed["source"] or typed["map_name"]).lower(),
            data=typed["file"].read(),
            map_name=typed["map_name"],
            board=typed["board"],
            comments=comments.read() if comments else b"",
            encoding=typed["encoding"],
        )


def _small_enough(file: UploadedFile[bytes]) -> UploadedFile[bytes]:
    if (file.size or 0) > LARGEST:
        raise forms.ValidationError(
            _("This file is larger than 20 MB. Use the command: manage.py import_ideas FILE.")
        )
    return file
