"""An idea that crossed a rule: to whom it went, and by when it must be answered."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from community.people.models import Department
from community.people.permissions import is_reviewer, owned_departments
from community.people.readers import Reader

from .ideas import Idea
from .rules import EscalationRule


class EscalationQuerySet(models.QuerySet["Escalation"]):
    """Escalations as words."""

    def open(self) -> Self:
        """Raised and not yet decided."""
        return self.filter(state__in=[Escalation.State.WAITING, Escalation.State.TAKEN])

    def visible_to(self, reader: Reader) -> Self:
        """Of ideas that the reader may open: all for a reviewer, an owner's department's own."""
        cases = self.filter(idea__in=Idea.objects.visible_to(reader))
        if is_reviewer(reader):
            return cases
        return cases.filter(department__in=owned_departments(reader))

    def unsettled(self) -> Self:
        """What keeps its rule from raising the idea again: open, or closed until its day comes."""
        return self.filter(returned_at=None).exclude(state=Escalation.State.UNRAISED)

    def put_off(self) -> Self:
        """Closed until a day that has not come yet."""
        return self.filter(returns_on__isnull=False, returned_at=None)

    def for_head_office(self, at: datetime | None = None) -> Self:
        """What the audience decides itself, and what a department had not answered in time."""
        late = Q(overdue_at__lt=at) if at else Q(overdue_at__isnull=False)
        return self.filter(Q(department=None) | late)

    def with_departments(self) -> Self:
        """What a department answers, its audience only looking on."""
        return self.filter(department__isnull=False)

    def by_due_date(self) -> Self:
        return self.order_by("due_at", "pk")

    def with_case(self) -> Self:
        """With all that the head of a case shows, in the same query."""
        return self.select_related(
            "idea__topic__store", "idea__board", "rule__audience", "department", "taken_by"
        )


class Escalation(models.Model):
    """An idea crossed a rule: raised once in each cycle, and owed an answer by `due_at`.

    A decision that puts off gives the day on which the cycle ends (`returns_on`); from then on
    (`returned_at`) the rule may raise the idea again, and others have never been kept from it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"
        DECIDED = "decided"
        UNRAISED = "unraised"

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="escalations")
    rule = models.ForeignKey(EscalationRule, on_delete=models.PROTECT, related_name="escalations")
    cycle = models.PositiveSmallIntegerField(help_text="Of this rule on this idea, from 1.")
    round = models.PositiveSmallIntegerField(
        default=1, help_text="The idea's cycle at the raising: a rule raises once in each."
    )
    department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who answers, where the rule asks the owner.",
    )
    is_backlog = models.BooleanField(
        default=False, help_text="It had crossed before the rule first ran."
    )
    votes_then = models.PositiveIntegerField(help_text="Votes when it was raised.")
    crossed_at = models.DateTimeField(help_text="When the crossing vote was cast.")
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    returns_on = models.DateField(null=True, blank=True, help_text="When it may be raised again.")
    returned_at = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(help_text="When most of the time has passed.")
    reminded_at = models.DateTimeField(null=True, blank=True)
    due_reminded_at = models.DateTimeField(null=True, blank=True)
    overdue_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when the page says in public that it waits."
    )
    executives_told_at = models.DateTimeField(
        null=True, blank=True, help_text="When it came before the executives."
    )

    objects = EscalationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "rule", "cycle"], name="raised_once_a_rule_and_cycle"
            ),
            models.UniqueConstraint(
                fields=["idea", "rule"],
                condition=Q(state__in=["waiting", "taken"]),
                name="one_open_case_a_rule",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=["waiting", "taken"]),
                name="escalations_open",
            ),
            models.Index(
                fields=["returns_on"],
                condition=Q(returns_on__isnull=False, returned_at=None),
                name="escalations_put_off",
            ),
            models.Index(
                fields=["department", "due_at"],
                condition=Q(department__isnull=False, state__in=["waiting", "taken"]),
                name="escalations_of_department",
            ),
        ]

    def __str__(self) -> str:
        return f"idea {self.idea_id} by {self.rule_id}, cycle {self.cycle}"

    def get_absolute_url(self) -> str:
        return reverse("review-case", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.TAKEN)

    @property
    def who(self) -> str:
        """Who has it, as the public reads it: the department, or the audience."""
        return str(self.department or self.rule.audience)

    def is_overdue(self, at: datetime) -> bool:
        """Whether the answer is late."""
        return self.is_open and self.due_at < at
