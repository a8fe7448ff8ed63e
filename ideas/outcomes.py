"""What became of ideas: "You asked, we did"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from .models import Decision, Escalation, Idea
from .statuses import DECIDED, UNDER_REVIEW, Status, Verdict

SHOWN = 8
DOING = (Status.PLANNED, Status.PILOT)
DONE = (Status.DONE, Status.EXISTS)
REFUSED = (Status.DECLINED,)
STANDS_BY = {
    Status.PLANNED: [Verdict.DO_IT],
    Status.PILOT: [Verdict.PILOT],
    Status.DONE: [Verdict.DO_IT, Verdict.PILOT],
    Status.EXISTS: [Verdict.EXISTS],
    Status.DECLINED: [Verdict.DECLINE],
}


@dataclass(slots=True)
class Column:
    """One group of outcomes: the newest of them, and how many there are."""

    title: str
    statuses: tuple[str, ...]
    count: int = 0
    decisions: list[Decision] = field(default_factory=list)

    @property
    def rest(self) -> list[tuple[str, str]]:
        """Where all are when there are more than shown: a list for each status, with its words."""
        is_all = self.count <= len(self.decisions)
        lists = [(f"/ideas/?status={each}", str(Status(each).label)) for each in self.statuses]
        return [] if is_all else lists


def newest_outcomes() -> QuerySet[Decision]:
    """The decisions that ideas stand by now, of ideas that anybody may read, newest first."""
    stands = Q()
    for status, verdicts in STANDS_BY.items():
        stands |= Q(idea__status=status, verdict__in=verdicts)
    public = Decision.objects.published().filter(
        stands, idea__in=Idea.objects.public(), escalation__returned_at=None
    )
    rows = public.select_related("idea__topic", "promise")
    return rows.order_by("-published_at", "-pk")


def columns() -> list[Column]:
    """Doing it, done, and said no: the newest of each in one query, their numbers in another."""
    found = [
        Column(str(_("Doing it")), DOING),
        Column(str(_("Done")), DONE),
        Column(str(_("Said no, and why")), REFUSED),
    ]
    numbers = _numbers()
    for decision in _first_of_each():
        column = next(each for each in found if decision.idea.status in each.statuses)
        if all(decision.idea_id != other.idea_id for other in column.decisions):
            column.decisions.append(decision)
    for column in found:
        column.count = sum(numbers.get(status, 0) for status in column.statuses)
    return found


def looking_at() -> list[Escalation]:
    """The public cases that wait for a decision, by the day it is due; an idea once."""
    cases = Escalation.objects.open().filter(
        idea__status__in=UNDER_REVIEW, idea__in=Idea.objects.public()
    )
    rows = cases.select_related("idea__topic", "rule").by_due_date()[: 2 * SHOWN]
    by_idea = {case.idea_id: case for case in reversed(rows)}
    return sorted(by_idea.values(), key=lambda case: (case.due_at, case.pk))[:SHOWN]


def _first_of_each() -> QuerySet[Decision]:
    group = Case(
        When(idea__status__in=DOING, then=Value(1)),
        When(idea__status__in=DONE, then=Value(2)),
        default=Value(3),
    )
    newest = [F("published_at").desc(), F("pk").desc()]
    place = Window(RowNumber(), partition_by=group, order_by=newest)
    return newest_outcomes().annotate(place=place).filter(place__lte=SHOWN)


def _numbers() -> Mapping[str, int]:
    """How many public ideas have each outcome. The decided are few beside all."""
    ideas = Idea.objects.public().filter(status__in=DECIDED).order_by()
    return dict(ideas.values_list("status").annotate(Count("pk")))
