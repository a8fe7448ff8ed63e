"""Promises: a date said in public, kept or missed in public."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .topics import Topic


class PromiseQuerySet(models.QuerySet["Promise"]):
    """Promises as words."""

    def open(self) -> Self:
        return self.filter(state=Promise.State.OPEN)

    def overdue(self, today: date) -> Self:
        """Still open though their day has passed."""
        return self.open().filter(due_on__lt=today)


class Promise(models.Model):
    """What the company said it would do by a day (the whole of that day, in the site's zone)."""

    class State(models.TextChoices):
        OPEN = "open"
        KEPT = "kept"
        MISSED = "missed"

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="promises")
    due_on = models.DateField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None)
                | ~Q(state="open") & Q(closed_at__isnull=False),
                name="a_closed_promise_has_its_time",
            )
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state="open"), name="promises_open"),
        ]

    def __str__(self) -> str:
        return f"promise for {self.due_on} in topic {self.topic_id}"
