"""Duplicates: an idea points at the one that says the same, and can be parted again exactly."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ..statuses import Status
from .ideas import Idea


class IdeaJoinQuerySet(models.QuerySet["IdeaJoin"]):
    """Joins as words."""

    def standing(self) -> Self:
        """Not parted again."""
        return self.filter(parted_at=None)


class IdeaJoin(models.Model):
    """One idea was joined with another, which counts for both; what undoing needs is kept.

    There are no chains: duplicates of an idea that is joined itself are led on by joins of their
    own, `because_of` the one that was asked for, and come back with it.
    """

    duplicate = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="joins")
    canonical = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="joins_of_others")
    because_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="carried"
    )
    status_before = models.CharField(max_length=10, choices=Status.choices)
    canonical_before = models.ForeignKey(
        Idea, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    parted_at = models.DateTimeField(null=True, blank=True)
    parted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = IdeaJoinQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(duplicate=F("canonical")), name="no_join_with_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["duplicate", "-at"], name="joins_of_duplicate"),
            models.Index(fields=["canonical", "-at"], name="joins_of_canonical"),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate_id} joined with {self.canonical_id}"


class DuplicateSuggestionQuerySet(models.QuerySet["DuplicateSuggestion"]):
    """Suggestions as words."""

    def open(self) -> Self:
        return self.filter(settled_at=None)


class DuplicateSuggestion(models.Model):
    """A member says that an idea is the same as another; a moderator joins them or keeps both."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="suggested_duplicates")
    canonical = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_accepted = models.BooleanField(default=False)

    objects = DuplicateSuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "canonical"], name="suggested_once_a_pair"),
            models.CheckConstraint(
                condition=~Q(idea=F("canonical")), name="no_suggestion_of_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} may be {self.canonical_id}"
