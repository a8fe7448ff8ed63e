"""When ideas are raised, to whom, and when their digest closes: data, edited here."""

from django.contrib import admin

from ..models import Audience, EscalationRule


@admin.register(EscalationRule)
class EscalationRuleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rules: so many votes, and this audience answers within so many days."""

    list_display = ["name", "votes", "days", "audience", "board", "is_active"]
    list_filter = ["is_active", "audience"]
    list_select_related = ["audience", "board"]
    fields = ["name", "votes", "days", "audience", "board", "is_active"]


@admin.register(Audience)
class AudienceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Groups of reviewers, with the zone and the weekday of their digest."""

    list_display = ["name", "group", "closes_on", "closes_at", "time_zone"]
    list_select_related = ["group"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "group", "closes_on", "closes_at", "time_zone", "since"]
