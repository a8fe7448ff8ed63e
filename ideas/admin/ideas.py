"""Ideas as an admin reads them. They are changed on their own pages, where the acts are."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from ..models import Idea, IdeaStatusChange


class TimelineInline(admin.TabularInline):  # type: ignore[type-arg]
    """What happened to the idea; lines are added by acts, never here."""

    model = IdeaStatusChange
    fields = readonly_fields = ("at", "kind", "status", "byline", "note")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Idea)
class IdeaAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Ideas with their figures, to read and to find."""

    list_display = ["topic", "board", "status", "vote_count", "cycle", "created_at"]
    list_filter = ["status", "board"]
    list_select_related = ["topic", "board"]
    search_fields = ["topic__title"]
    ordering = ["-pk"]
    show_full_result_count = False
    inlines = [TimelineInline]
    fields = readonly_fields = (
        "topic",
        "board",
        "status",
        "vote_count",
        "heat",
        "cycle",
        "returns_on",
        "terms_version",
        "created_at",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
