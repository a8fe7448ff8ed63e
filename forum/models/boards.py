"""Boards: where topics are, who may read them, and which department owns the subject."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.people.models import Department, User
from community.people.permissions import MODERATORS, is_employee, is_moderator
from community.people.readers import Reader


class BoardQuerySet(models.QuerySet["Board"]):
    """Boards as words."""

    def visible_to(self, reader: Reader) -> Self:
        """Public boards for all, members' when signed in, staff boards for who works here."""
        return self.filter(audience__in=audiences_open_to(reader))

    def of_ideas(self) -> Self:
        return self.filter(holds=Board.Holds.IDEAS)

    def of_questions(self) -> Self:
        return self.filter(holds=Board.Holds.QUESTIONS)


class Board(models.Model):
    """A place for topics of one sort, owned by one department."""

    class Holds(models.TextChoices):
        IDEAS = "ideas", _("Ideas")
        QUESTIONS = "questions", _("Questions")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("Everybody")
        MEMBERS = "members", _("Members")
        EMPLOYEES = "employees", _("Employees")

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True)
    holds = models.CharField(max_length=10, choices=Holds.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="boards"
    )
    template = models.TextField(blank=True, help_text=_("What a new text begins with."))
    position = models.PositiveSmallIntegerField(default=0)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(slug__in=["ask", "t", "new"]), name="no_reserved_board_slug"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        if self.holds == self.Holds.IDEAS:
            return f"{reverse('ideas')}?board={self.slug}"
        return reverse("board", args=[self.slug])

    def readers_among(self, people: models.QuerySet[User]) -> models.QuerySet[User]:
        """Those of the people who may read the board: `visible_to`, asked of many at once."""
        people = people.filter(is_active=True)
        if self.audience != self.Audience.EMPLOYEES:
            return people
        works_here = Q(employee_record__is_active=True)
        moderates = Q(groups__name=MODERATORS) | Q(is_superuser=True)
        return people.filter(works_here | moderates).distinct()


def audiences_open_to(reader: Reader) -> list[str]:
    """The audiences that this reader belongs to: what decides which boards they may read."""
    audiences: list[str] = [Board.Audience.PUBLIC]
    if reader.is_authenticated:
        audiences.append(Board.Audience.MEMBERS)
        if is_moderator(reader) or is_employee(reader):
            audiences.append(Board.Audience.EMPLOYEES)
    return audiences
