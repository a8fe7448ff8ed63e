"""Who reviews, and the numbered digests they get: one for each audience and period, frozen."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def validate_time_zone(name: str) -> None:
    """Refuse a zone that the machine does not know."""
    if name not in available_timezones():
        raise ValidationError(_("There is no time zone of this name."))


class Audience(models.Model):
    """A group of reviewers with a regular digest in their own time zone."""

    class Cadence(models.TextChoices):
        DAILY = "daily", _("Every working day")
        WEEKLY = "weekly", _("Every week")
        FORTNIGHTLY = "fortnight", _("Every two weeks")
        MONTHLY = "monthly", _("Every month")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    slug = models.SlugField(
        max_length=40, unique=True, help_text=_("For `manage.py close_digest --audience`.")
    )
    name = models.CharField(max_length=80, unique=True, help_text=_("Public: “Head office”."))
    group = models.ForeignKey(
        Group,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Its members get the notices, the digest and the reminders."),
    )
    time_zone = models.CharField(
        max_length=40,
        default="America/Chicago",
        validators=[validate_time_zone],
        help_text=_("Days and hours below are told in it: America/Chicago, Europe/Berlin."),
    )
    cadence = models.CharField(
        max_length=9,
        choices=Cadence.choices,
        default=Cadence.WEEKLY,
        help_text=_("Every month: on the first such weekday of the month."),
    )
    shows_rising = models.BooleanField(
        default=False, help_text=_("The digest ends with the ideas that rise towards a rule.")
    )
    shows_promises = models.BooleanField(
        default=False, help_text=_("The digest ends with the promises due next, and those missed.")
    )
    longest = models.PositiveSmallIntegerField(
        default=0, help_text=_("At most so many cases, the most urgent first; 0: all.")
    )
    sign_off_above = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text=_("Decisions that cost more than this need a second person. Empty: none does."),
    )
    closes_on = models.PositiveSmallIntegerField(
        choices=Weekday.choices,
        default=Weekday.MONDAY,
        help_text=_("The weekday on which a period ends and the digest is sent."),
    )
    closes_at = models.TimeField(
        default=time(7, 0), help_text=_("The time of that day. The running period ends there too.")
    )
    since = models.DateTimeField(
        default=timezone.now,
        help_text=_("Where the first period begins. It means nothing once a digest was made."),
    )

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def today(self, at: datetime) -> date:
        """The day it is where these reviewers are."""
        return at.astimezone(self.zone).date()


class ReviewDigestQuerySet(models.QuerySet["ReviewDigest"]):
    """Digests as words."""

    def with_case_count(self) -> Self:
        """Annotate `case_count`, how many cases it holds."""
        return self.annotate(case_count=models.Count("entries"))


class ReviewDigest(models.Model):
    """What was raised in one period, as it stood at its end. Periods join without a gap."""

    number = models.PositiveIntegerField(unique=True, help_text="Global, in order of making.")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="digests")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    closed_by_hand = models.BooleanField(default=False)
    extras = models.JSONField(default=dict, help_text="Rising ideas and promises, as they stood.")

    objects = ReviewDigestQuerySet.as_manager()

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

    def get_absolute_url(self) -> str:
        return reverse("review-digest", args=[self.number])


class DigestEntry(models.Model):
    """One idea in a digest, with its case frozen as it stood.

    It is in the digest of the period it was raised in, and rolls over into each following one until
    it is decided.
    """

    digest = models.ForeignKey(ReviewDigest, on_delete=models.CASCADE, related_name="entries")
    escalation = models.ForeignKey(
        "ideas.Escalation", on_delete=models.CASCADE, related_name="digest_entries"
    )
    position = models.PositiveSmallIntegerField()
    is_rolled_over = models.BooleanField(default=False)
    dossier = models.JSONField(help_text="Its shape is told in ideas.dossiers.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["digest", "escalation"], name="once_in_a_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.position} of {self.digest_id}"
