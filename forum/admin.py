"""Boards, as admins arrange them. What people wrote is changed on the pages, never here."""

from django.contrib import admin

from community.search.index import move_board

from .models import Board


@admin.register(Board)
class BoardAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Names, order, and who may read a board."""

    list_display = ["name", "slug", "holds", "audience", "department", "position"]
    list_editable = ["position"]
    list_filter = ["holds", "audience"]
    list_select_related = ["department"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}

    def save_model(self, request: object, obj: Board, form: object, change: bool) -> None:
        """Who may read the board may find what stands on it, from now on."""
        super().save_model(request, obj, form, change)  # type: ignore[arg-type]
        move_board(obj.pk, obj.audience)

    def has_delete_permission(self, request: object, obj: Board | None = None) -> bool:
        """A board with topics stays: its addresses are out in the world."""
        return obj is not None and not obj.topics.exists()
