"""What a member began to type."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """An unposted text, kept on the server: one a member and place (`ideas.new`, `reply:7`)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    key = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_draft_a_place"),
        ]

    def __str__(self) -> str:
        return self.key
