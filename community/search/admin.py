"""Synonyms, edited here. Entries and words are made by the index, and are nobody's to edit."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from community.activity.audited import AuditedAdmin

from . import synonyms
from .models import Synonyms


@admin.register(Synonyms)
class SynonymsAdmin(AuditedAdmin):
    """Which words customers use for the same thing. In use a minute after they were saved."""

    list_display = ["words"]
    search_fields = ["words"]
    fields = ["words"]

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """This process uses the new words at once."""
        synonyms.forget()
        return super().log_change(request, obj, message)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The same for words that are new."""
        synonyms.forget()
        return super().log_addition(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """The same for words that are gone."""
        synonyms.forget()
        return super().log_deletions(request, queryset)
