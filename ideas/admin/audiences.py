"""Who reviews, and when and what their digest is: data, edited here."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from community.activity.audited import AuditedAdmin

from ..models import Audience


@admin.register(Audience)
class AudienceAdmin(AuditedAdmin):
    """Groups of reviewers, with the times and the contents of their digest."""

    list_display = ["name", "group", "cadence", "closes_on", "closes_at", "time_zone", "longest"]
    list_filter = ["cadence"]
    list_select_related = ["group"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "group", "sign_off_above"]}),
        (
            _("When the digest is made"),
            {
                "fields": ["cadence", "closes_on", "closes_at", "time_zone", "since"],
                "description": _(
                    "A change holds from the running period on, which ends at the next such time: "
                    "no period is lost and none is double."
                ),
            },
        ),
        (_("What is in it"), {"fields": ["longest", "shows_rising", "shows_promises"]}),
    ]
