"""What members reported, and what moderators made of it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.people.models import User


class ReviewQuerySet(models.QuerySet["Review"]):
    """The queue as words."""

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def about(self, kind: str, object_id: int) -> Self:
        return self.filter(kind=kind, object_id=object_id)

    def close(self, outcome: Review.Outcome, *, by: User, at: datetime) -> int:
        """Close those that are open still; answer how many that were."""
        return self.open().update(outcome=outcome, closed_by=by, closed_at=at)

    def oldest_first(self) -> Self:
        return self.order_by("opened_at", "pk")


class Review(models.Model):
    """One thing waiting for a moderator: reported, by however many, or held by a gate."""

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Kept")
        HIDDEN = "hidden", _("Hidden")
        RELEASED = "released", _("Published")

    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    report_count = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"],
                condition=Q(closed_at=None),
                name="one_open_review_a_thing",
            ),
        ]
        indexes = [
            models.Index(F("opened_at"), F("id"), condition=Q(closed_at=None), name="reviews_open"),
        ]

    def __str__(self) -> str:
        return f"review of {self.kind}:{self.object_id}"


class Report(models.Model):
    """A member says that something breaks the rules."""

    class Reason(models.TextChoices):
        ABUSE = "abuse", _("It attacks or insults someone")
        SPAM = "spam", _("It is spam or advertising")
        PRIVATE = "private", _("It shows private details")
        OFF_TOPIC = "off_topic", _("It does not belong here")
        OTHER = "other", _("Something else")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reports"
    )
    reason = models.CharField(max_length=10, choices=Reason.choices)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "reporter"], name="one_report_each"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} by {self.reporter_id}"
