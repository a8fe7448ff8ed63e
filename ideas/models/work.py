"""The work on a case: scores, what a department says to it, sign-off, and reasons kept ready."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.people.models import Department, RoleGrant, User

from ..statuses import Verdict
from .decisions import Decision
from .escalations import Escalation

FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class Score(models.Model):
    """One person's independent view of a case, from 1 to 5; empty until they have given it.

    Nobody sees another's before all who were asked have scored.
    """

    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="scores")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="scores"
    )
    impact = models.PositiveSmallIntegerField(null=True, blank=True, validators=FIVE)
    feasibility = models.PositiveSmallIntegerField(null=True, blank=True, validators=FIVE)
    asked_at = models.DateTimeField(default=timezone.now)
    scored_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["escalation", "by"], name="one_score_each"),
            models.CheckConstraint(
                condition=Q(scored_at=None, impact=None, feasibility=None)
                | Q(scored_at__isnull=False, impact__range=(1, 5), feasibility__range=(1, 5)),
                name="a_score_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"score of {self.by_id} on {self.escalation_id}"


class DepartmentNoteQuerySet(models.QuerySet["DepartmentNote"]):
    """Notes as words."""

    def awaited(self) -> Self:
        return self.filter(answered_at=None)

    def answered_by_owner(self, person: User) -> Self:
        """Of the departments that this person answers for."""
        granted = RoleGrant.objects.filter(
            user=person, role=RoleGrant.Role.OWNER, kind="department"
        )
        own = Q(department__owner=person) | Q(department__in=granted.values("object_id"))
        return self.filter(own)


class DepartmentNote(models.Model):
    """A department was asked about a case by a date; its answer with cost and benefit."""

    escalation = models.ForeignKey(
        Escalation, on_delete=models.CASCADE, related_name="department_notes"
    )
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    due_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    cost = models.CharField(max_length=120, blank=True)
    benefit = models.CharField(max_length=120, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = DepartmentNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["escalation", "department"], name="each_department_asked_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(answered_at=None), name="department_notes_awaited"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_id} on case {self.escalation_id}"

    def get_absolute_url(self) -> str:
        return reverse("review-note", args=[self.pk])


class SignOff(models.Model):
    """A second person allows or refuses a big decision: never the one who drafted it."""

    class Answer(models.TextChoices):
        ALLOWED = "allowed", _("Allowed")
        REFUSED = "refused", _("Returned")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="sign_offs")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    text_digest = models.CharField(max_length=64, help_text="Of what was signed: an edit voids it.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=7, choices=Answer.choices, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by=None) | ~Q(by=models.F("asked_by")),
                name="nobody_signs_off_their_own",
            ),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(answer=""), name="one_open_sign_off"
            ),
        ]

    def __str__(self) -> str:
        return f"sign-off of decision {self.decision_id}"

    def get_absolute_url(self) -> str:
        return reverse("review-sign-off", args=[self.pk])


class CannedReason(models.Model):
    """A reason kept ready for one kind of decision, to begin from."""

    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    title = models.CharField(max_length=80)
    text = models.TextField()
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["verdict", "title"]
        constraints = [
            models.UniqueConstraint(fields=["verdict", "title"], name="one_canned_reason_a_title"),
        ]

    def __str__(self) -> str:
        return self.title
