"""When an idea is raised, to whom, and within which time it must be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from community.people.models import Department, Store
from forum.models import Board, TopicTag

from .digests import Audience

if TYPE_CHECKING:
    from .ideas import Idea

NO_STORE = 0  # the key of none


class EscalationRuleQuerySet(models.QuerySet["EscalationRule"]):
    """Rules as words."""

    def active(self) -> Self:
        return self.filter(is_active=True)

    def for_board(self, board_id: int) -> Self:
        return self.filter(Q(board=None) | Q(board=board_id))

    def asking_for(self, idea: Idea) -> Self:
        """Rules whose scope holds this idea; what the owner answers needs an owner."""
        here = Board.objects.filter(pk=idea.board_id, department__isnull=False)
        owners = here.values("department")
        tags = TopicTag.objects.filter(content_object=idea.pk).values("tag")
        return self.filter(
            Q(board=None) | Q(board=idea.board_id),
            Q(store=None) | Q(store=idea.store_id),
            Q(department=None) | Q(department__in=owners),
            Q(tag=None) | Q(tag__in=tags),
            Q(asks_owner=False) | models.Exists(here),
        )


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
        help_text=_("An idea is raised when it has this many."),
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
        help_text=_(
            "What the idea’s page says while it waits. Empty: “With {who}, answer due by {date}”."
        ),
    )
    first_run_at = models.DateTimeField(null=True, blank=True, editable=False)
    first_run_cap = models.PositiveIntegerField(
        default=50,
        help_text=_("How many ideas its first run raises at most; the others follow day by day."),
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


class RuleBacklogQuerySet(models.QuerySet["RuleBacklog"]):
    """Backlogs as words."""

    def write_down(self, rule: EscalationRule, ideas: models.QuerySet[Idea]) -> int:
        """Add these ideas in one statement, INSERT … SELECT: there may be tens of thousands."""
        sql, params = ideas.order_by().values("pk").query.sql_with_params()
        table = RuleBacklog._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{table}" ("rule_id", "idea_id")'
                f" SELECT %s, found.* FROM ({sql}) found WHERE true ON CONFLICT DO NOTHING",
                [rule.pk, *params],
            )
            return int(cursor.rowcount)


class RuleBacklog(models.Model):
    """An idea that had crossed a rule before the rule first ran, and waits for its turn.

    Most votes come first, so many a day as the rule says; the row goes when the idea is raised.
    """

    rule = models.ForeignKey(EscalationRule, on_delete=models.CASCADE, related_name="backlog")
    idea = models.ForeignKey("ideas.Idea", on_delete=models.CASCADE, related_name="+")

    objects = RuleBacklogQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "idea"], name="once_in_a_backlog"),
        ]

    def __str__(self) -> str:
        return f"idea {self.idea_id} before {self.rule_id}"
