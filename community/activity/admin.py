"""What admins see of events, their consequences and the audit trail. They change none of it."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import actions
from .models import AuditDetail, AuditEntry, Event, Reaction


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic while running
    """Rows to look at."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Event)
class EventAdmin(ReadOnly):
    """What happened."""

    list_display = ("at", "name", "kind", "object_id", "actor")
    list_select_related = ("actor",)
    ordering = ("-pk",)


class IsGivenUp(admin.SimpleListFilter):
    """Reactions by what became of them."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Reaction]
    ) -> list[tuple[str, str]]:
        return [("given-up", _("Given up")), ("owed", _("Owed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reaction]) -> QuerySet[Reaction]:
        if self.value() == "given-up":
            return queryset & Reaction.objects.given_up()
        return queryset.filter(done_at=None) if self.value() == "owed" else queryset


@admin.register(Reaction)
class ReactionAdmin(ReadOnly):
    """What follows from events; those given up can be owed again."""

    list_display = ("event", "name", "attempts", "done_at", "last_error")
    list_select_related = ("event",)
    list_filter = (IsGivenUp,)
    ordering = ("-pk",)
    actions = ("try_again",)

    @admin.action(description=gettext_lazy("Try again what was given up"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[Reaction]) -> None:
        """Owe these reactions again."""
        count = sum(actions.retry_reaction(reaction) for reaction in queryset)
        messages.success(request, _("%d will be tried again.") % count)


class DetailInline(admin.StackedInline):  # type: ignore[type-arg]
    """The readable part of an entry."""

    model = AuditDetail
    exclude = ("salt",)
    can_delete = False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    """Who did what."""

    list_display = ("at", "actor", "verb", "kind", "object_id")
    list_select_related = ("actor",)
    list_filter = ("kind",)
    ordering = ("-pk",)
    inlines = (DetailInline,)
