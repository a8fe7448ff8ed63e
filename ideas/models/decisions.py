"""Decisions in public words, and the telling of everyone who asked for them."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.notifications.models import Mail
from community.people.models import Store
from forum.models import Post, Promise

from ..statuses import NEEDS_DATE, Verdict
from .escalations import Escalation
from .ideas import Idea


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions as words."""

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def still_telling(self) -> Self:
        """Published, with people who have not been told yet."""
        return self.published().filter(told_at=None)


class Decision(models.Model):
    """What was decided on an idea in one cycle, with a reason in public words.

    Published: the official answer stands in the topic, and `Telling` rows are owed. `filled_to` is
    the recipient up to whom they have been written, `filled_at` says that all are.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="decisions")
    escalation = models.OneToOneField(
        Escalation, on_delete=models.CASCADE, related_name="decision"
    )
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField()
    date = models.DateField(null=True, blank=True)
    stores = models.ManyToManyField(Store, blank=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    drafted_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    post = models.OneToOneField(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="decision"
    )
    promise = models.OneToOneField(
        Promise, null=True, blank=True, on_delete=models.SET_NULL, related_name="decision"
    )
    filled_to = models.BigIntegerField(default=0)
    filled_at = models.DateTimeField(null=True, blank=True)
    told_total = models.PositiveIntegerField(default=0)
    told_done = models.PositiveIntegerField(default=0)
    bounced = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When the last was told.")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict__in=NEEDS_DATE) | Q(date__isnull=False),
                name="a_dated_decision_has_its_date",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_decision_has_a_reason"),
        ]
        indexes = [
            models.Index(
                fields=["published_at"],
                condition=Q(told_at=None, published_at__isnull=False),
                name="decisions_telling",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} on idea {self.idea_id}"


class TellingQuerySet(models.QuerySet["Telling"]):
    """Tellings as words."""

    def due(self, at: datetime) -> Self:
        """Owed, and claimed by nobody or by a worker that died."""
        unclaimed = Q(claimed_until=None) | Q(claimed_until__lte=at)
        return self.filter(unclaimed, state=Telling.State.OWED)


class Telling(models.Model):
    """One person is owed one decision. Its notice and its mail are written in one transaction.

    Done means sent, or declined by preference; a bounce is counted apart.
    """

    class State(models.TextChoices):
        OWED = "owed"
        MAILED = "mailed"
        SENT = "sent"
        DECLINED = "declined"
        BOUNCED = "bounced"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="tellings")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tellings"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.OWED)
    mail = models.OneToOneField(
        Mail, null=True, on_delete=models.SET_NULL, related_name="telling"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = TellingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "recipient"], name="each_decision_told_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["decision", "id"], condition=Q(state="owed"), name="tellings_owed"
            ),
        ]

    def __str__(self) -> str:
        return f"telling {self.recipient_id} of {self.decision_id}"
