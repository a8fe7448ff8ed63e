"""What happened (events), what follows from it (reactions, an outbox), and who did what (audit)."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

MAX_ATTEMPTS = 8


class Event(models.Model):
    """One change of the product, named `noun.past_participle`, written with its reactions."""

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id", "at"], name="event_of_thing")]

    def __str__(self) -> str:
        return f"{self.name} {self.kind}:{self.object_id}"


class ReactionQuerySet(models.QuerySet["Reaction"]):
    """The outbox as words."""

    def due(self, at: datetime) -> Self:
        """Not done, not given up, and claimed by nobody or by a worker that died."""
        unclaimed = Q(claimed_until=None) | Q(claimed_until__lte=at)
        return self.filter(unclaimed, done_at=None, attempts__lt=MAX_ATTEMPTS)

    def given_up(self) -> Self:
        """Failed too often: these wait for an admin."""
        return self.filter(done_at=None, attempts__gte=MAX_ATTEMPTS)


class Reaction(models.Model):
    """One consequence of one event: owed until `done_at` is set, done at most once at a time."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="reactions")
    name = models.CharField(max_length=100)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="one_reaction_each"),
        ]
        indexes = [
            models.Index(F("id"), name="reaction_owed", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.name} of event {self.event_id}"


class AuditEntry(models.Model):
    """Who did what to which thing, and when. Append-only: triggers refuse change and deletion."""

    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the detail with its salt.")

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["kind", "object_id"], name="audit_of_thing"),
            models.Index(fields=["kind", "-id"], name="audit_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind}:{self.object_id}"


class AuditDetail(models.Model):
    """The readable part of an entry; erasable, when the law asks, without breaking the trail."""

    entry = models.OneToOneField(
        AuditEntry, on_delete=models.CASCADE, primary_key=True, related_name="detail"
    )
    actor_name = models.CharField(max_length=80)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    salt = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"detail of audit entry {self.entry_id}"


class AuditSeal(models.Model):
    """A link of the hash chain over the audit entries, laid by one background task.

    Links are numbered in the order in which they were laid: an entry that was committed late takes
    the next number. Append-only, like the entries.
    """

    no = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.DO_NOTHING, related_name="seal")
    chain = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"seal {self.no}"
