"""Who reviews, and the numbered digests they get: one for each audience and period, frozen."""

from __future__ import annotations

from datetime import time

from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Audience(models.Model):
    """A group of reviewers with a weekly digest in their own time zone."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80, unique=True)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    time_zone = models.CharField(max_length=40, default="America/Chicago")
    closes_on = models.PositiveSmallIntegerField(
        choices=Weekday.choices, default=Weekday.MONDAY
    )
    closes_at = models.TimeField(default=time(7, 0))
    since = models.DateTimeField(default=timezone.now, help_text="Where the first period begins.")

    def __str__(self) -> str:
        return self.name


class ReviewDigest(models.Model):
    """What was raised in one period, as it stood at its end. Periods join without gap or overlap."""

    number = models.PositiveIntegerField(unique=True, help_text="Global, in order of making.")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="digests")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    closed_by_hand = models.BooleanField(default=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["audience", "begins_at"], name="one_digest_a_period"),
            models.UniqueConstraint(fields=["audience", "ends_at"], name="one_digest_an_end"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("begins_at")), name="a_period_has_length"
            ),
        ]

    def __str__(self) -> str:
        return f"Digest {self.number}"


class DigestEntry(models.Model):
    """One idea in a digest, with its case frozen as it stood."""

    digest = models.ForeignKey(ReviewDigest, on_delete=models.CASCADE, related_name="entries")
    escalation = models.ForeignKey(
        "ideas.Escalation", on_delete=models.CASCADE, related_name="digest_entries"
    )
    position = models.PositiveSmallIntegerField()
    is_rolled_over = models.BooleanField(default=False)
    dossier = models.JSONField(help_text="See ideas.dossiers: votes, gain, stores, comments.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["digest", "escalation"], name="once_in_a_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.position} of {self.digest_id}"
