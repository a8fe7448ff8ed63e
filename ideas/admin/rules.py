"""When ideas are raised, and to whom: data, edited here."""

from django.contrib import admin

from ..models import EscalationRule


@admin.register(EscalationRule)
class EscalationRuleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rules: so many votes, and this audience answers within so many days."""

    list_display = ["name", "votes", "days", "audience", "board", "is_active"]
    list_filter = ["is_active", "audience"]
    list_select_related = ["audience", "board"]
    fields = ["name", "votes", "days", "audience", "board", "is_active"]
