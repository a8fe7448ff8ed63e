"""The executive's five minutes: when they last looked, and what they said to a case."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from .escalations import Escalation


class BriefLook(models.Model):
    """Until when an executive has read their brief, as they said themselves."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.reader_id} until {self.at}"


class CaseWord(models.Model):
    """A word of an executive to whoever has the case; never public."""

    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="words")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"word on case {self.escalation_id}"
