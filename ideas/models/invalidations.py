"""Votes that were taken out of the count, and bursts that somebody should look at."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .ideas import Idea


class VoteInvalidation(models.Model):
    """One act that took votes out of the count by a rule, with a public reason; it can be undone.

    `rule` holds what was asked for: `accounts` (usernames), `networks`, `mail_domains`, `since` and
    `until`. Without an idea it was asked of all ideas.
    """

    idea = models.ForeignKey(
        Idea, null=True, blank=True, on_delete=models.CASCADE, related_name="invalidations"
    )
    rule = models.JSONField(default=dict)
    reason = models.TextField()
    vote_count = models.PositiveIntegerField(default=0, help_text="Votes it took out.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="an_invalidation_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"invalidation {self.pk}"


class VoteAlarmQuerySet(models.QuerySet["VoteAlarm"]):
    """Alarms as words."""

    def open(self) -> Self:
        return self.filter(settled_at=None)


class VoteAlarm(models.Model):
    """Votes came in a burst from few networks or from fresh accounts: somebody should look."""

    class Sign(models.TextChoices):
        FEW_NETWORKS = "networks"
        FRESH_ACCOUNTS = "fresh"

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="vote_alarms")
    sign = models.CharField(max_length=8, choices=Sign.choices)
    found_at = models.DateTimeField(default=timezone.now)
    since = models.DateTimeField(help_text="When the burst began.")
    until = models.DateTimeField(help_text="Its last vote.")
    votes = models.PositiveIntegerField(help_text="Votes in the burst.")
    suspect = models.PositiveIntegerField(help_text="Of these from one network, or fresh accounts.")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = VoteAlarmQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "sign"], condition=Q(settled_at=None), name="one_open_alarm_a_sign"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sign} on idea {self.idea_id}"
