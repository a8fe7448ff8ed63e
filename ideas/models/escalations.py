"""When an idea is raised, to whom, and by when it must be answered."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from community.people.models import Department, Store
from community.people.readers import Reader
from forum.models import Board

from .digests import Audience
from .ideas import Idea


class EscalationRuleQuerySet(models.QuerySet["EscalationRule"]):
    """Rules as words."""

    def active(self) -> Self:
        return self.filter(is_active=True)

    def for_board(self, board_id: int) -> Self:
        return self.filter(Q(board=None) | Q(board=board_id))


class EscalationRule(models.Model):
    """So many votes, and this audience answers within so many days. Data, edited in the admin.

    The scope (board, tag, department of the board, store) says which ideas; what is left empty
    leaves it open. `asks_owner` sends each case to the department that owns the idea's board, under
    the eyes of the audience.
    """

    class Measure(models.TextChoices):
        VOTES = "votes", _("Votes")
        HEAT = "heat", _("Heat: votes of these weeks")
        STORES = "stores", _("Votes, from members of several stores")

    name = models.CharField(
        max_length=80, unique=True, help_text=_("Customers read it: “Corporate review”.")
    )
    board = models.ForeignKey(
        Board,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        help_text=_("Only ideas of this board. Empty: ideas of every board."),
    )
    tag = models.ForeignKey(
        Tag,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Only ideas with this tag."),
    )
    department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Only ideas on boards of this department."),
    )
    store = models.ForeignKey(
        Store,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Only ideas for this store."),
    )
    measure = models.CharField(
        max_length=6,
        choices=Measure.choices,
        default=Measure.VOTES,
        help_text=_("What is compared with the number below."),
    )
    stores = models.PositiveSmallIntegerField(
        default=1, help_text=_("With “several stores”: from how many at least.")
    )
    votes = models.PositiveIntegerField(
        default=100,
        help_text=_("An idea is raised when it has this many. Raised ideas stay raised."),
    )
    days = models.PositiveSmallIntegerField(
        default=30,
        help_text=_("Days to answer, counted from the raising. Open cases keep their date."),
    )
    audience = models.ForeignKey(
        Audience,
        on_delete=models.PROTECT,
        related_name="rules",
        help_text=_("Who reviews: they get the notices, the digest and the reminders."),
    )
    asks_owner = models.BooleanField(
        default=False,
        help_text=_("The department that owns the idea’s board answers; the audience looks on."),
    )
    words = models.CharField(
        max_length=160,
        blank=True,
        help_text=_("What the idea’s page says: “With {who}, answer due by {date}”."),
    )
    first_run_at = models.DateTimeField(null=True, blank=True, editable=False)
    first_run_cap = models.PositiveIntegerField(
        default=50,
        help_text=_("How many ideas its first run raises at most; the others follow as backlog."),
    )
    is_active = models.BooleanField(
        default=True, help_text=_("Off: raises nothing more; what is raised goes on.")
    )

    objects = EscalationRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(votes__gte=1), name="a_rule_asks_for_votes"),
            models.CheckConstraint(condition=Q(days__gte=1), name="a_rule_gives_time"),
        ]

    def __str__(self) -> str:
        return self.name


class EscalationQuerySet(models.QuerySet["Escalation"]):
    """Escalations as words."""

    def open(self) -> Self:
        """Raised and not yet decided."""
        return self.filter(state__in=[Escalation.State.WAITING, Escalation.State.TAKEN])

    def visible_to(self, reader: Reader) -> Self:
        """Of ideas that the reader may open."""
        return self.filter(idea__in=Idea.objects.visible_to(reader))

    def by_due_date(self) -> Self:
        return self.order_by("due_at", "pk")

    def with_case(self) -> Self:
        """With all that the head of a case shows, in the same query."""
        return self.select_related("idea__topic__store", "idea__board", "rule", "taken_by")


class Escalation(models.Model):
    """An idea crossed a rule: raised once in each cycle, and owed an answer by `due_at`."""

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
        ]

    def __str__(self) -> str:
        return f"idea {self.idea_id} by {self.rule_id}, cycle {self.cycle}"

    def get_absolute_url(self) -> str:
        return reverse("review-case", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.TAKEN)

    def is_overdue(self, at: datetime) -> bool:
        """Whether the answer is late."""
        return self.is_open and self.due_at < at
