"""Reasons kept ready for reviewers: data, edited here."""

from __future__ import annotations

from django.contrib import admin

from community.activity.audited import AuditedAdmin

from ..models import CannedReason


@admin.register(CannedReason)
class CannedReasonAdmin(AuditedAdmin):
    """Reasons to begin from, each for one kind of decision."""

    list_display = ["title", "verdict", "is_active"]
    list_filter = ["verdict", "is_active"]
    search_fields = ["title", "text"]
