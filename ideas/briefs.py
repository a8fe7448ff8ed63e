"""What an executive reads in five minutes: what is late or big, what was promised and decided.

Everything is of cases that the reader may open. "Since" is the last look that they said was one;
the figures compare the last thirty days with the thirty before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from community.people.models import User
from forum.models import Promise

from .models import BriefLook, CaseWord, Decision, Escalation, Idea

MOST = 5
RULES_AT_ONCE = 5  # by which one idea may be open at the same time
SPAN = timedelta(days=30)
FIRST_LOOK = timedelta(days=7)  # how far back the first one reaches
SOON = timedelta(days=14)


@dataclass
class CaseRow:
    """An open case, and what executives have said to it."""

    case: Escalation
    is_overdue: bool
    days_late: int
    words: list[CaseWord] = field(default_factory=list)


@dataclass(frozen=True)
class Figure:
    """A number of the last thirty days, and of the thirty before."""

    words: str
    now: int
    before: int


@dataclass(frozen=True)
class Brief:
    """The page, in its order."""

    since: datetime
    at: datetime
    late: list[CaseRow]
    late_count: int
    biggest: list[CaseRow]
    promises: list[Decision]
    decisions: list[Decision]
    figures: list[Figure]


def brief_of(reader: User, *, at: datetime) -> Brief:
    """The brief as it stands now, in a number of queries that does not grow."""
    look = BriefLook.objects.filter(reader=reader).first()
    since = look.at if look else at - FIRST_LOOK
    cases = Escalation.objects.open().visible_to(reader).with_case()
    overdue = cases.filter(due_at__lt=at)
    late = _first_of_each_idea(
        overdue.order_by(F("executives_told_at").asc(nulls_last=True), "due_at")
    )
    in_time = cases.filter(due_at__gte=at)
    rest = _first_of_each_idea(in_time.order_by("-idea__vote_count", "idea", "due_at", "pk"))
    words = _words([*late, *rest])
    return Brief(
        since=since,
        at=at,
        late=[_row(case, words, at) for case in late],
        late_count=overdue.count(),
        biggest=[_row(case, words, at) for case in rest],
        promises=list(_promises(reader, at=at)[: 2 * MOST]),
        decisions=list(_decisions(reader).filter(published_at__gt=since)[: 2 * MOST]),
        figures=figures(at=at),
    )


def _first_of_each_idea(cases: QuerySet[Escalation]) -> list[Escalation]:
    """The first few ideas in this order, each with its first case: it may have one by each rule."""
    by_idea: dict[int, Escalation] = {}
    for case in cases[: MOST * RULES_AT_ONCE]:
        by_idea.setdefault(case.idea_id, case)
    return list(by_idea.values())[:MOST]


def _row(case: Escalation, words: dict[int, list[CaseWord]], at: datetime) -> CaseRow:
    return CaseRow(case, case.is_overdue(at), max(0, (at - case.due_at).days), words[case.pk])


def _words(cases: Iterable[Escalation]) -> dict[int, list[CaseWord]]:
    """What was said to these cases, by case, oldest first."""
    found: defaultdict[int, list[CaseWord]] = defaultdict(list)
    rows = CaseWord.objects.filter(escalation__in=[case.pk for case in cases])
    for word in rows.select_related("by"):
        found[word.escalation_id].append(word)
    return found


def _decisions(reader: User) -> QuerySet[Decision]:
    """Published decisions, newest first, on what the reader may open."""
    rows = Decision.objects.published().filter(idea__in=Idea.objects.visible_to(reader))
    return rows.select_related("idea__topic", "promise").order_by("-published_at", "-pk")


def _promises(reader: User, *, at: datetime) -> QuerySet[Decision]:
    """Missed and not made good, then due in two weeks."""
    states = Promise.State
    soon = Q(promise__state=states.OPEN, promise__due_on__lte=(at + SOON).date())
    seen = _decisions(reader)
    rows = seen.filter(soon | Q(pk__in=Decision.objects.missed().values("pk")))
    return rows.order_by("promise__due_on", "pk")


def figures(*, at: datetime) -> list[Figure]:
    """How the last thirty days compare, over everything."""
    ideas, cases, decisions = Idea.objects, Escalation.objects, Decision.objects.published()
    kept = Decision.objects.filter(promise__state=Promise.State.KEPT)
    missed = Decision.objects.missed()
    return [
        _figure(_("Ideas posted"), ideas.filter(imported=None), "created_at", at),
        _figure(_("Raised to review"), cases.all(), "raised_at", at),
        _figure(_("Decisions published"), decisions, "published_at", at),
        _figure(_("Promises kept"), kept, "promise__closed_at", at),
        _figure(_("Promises missed"), missed, "promise__closed_at", at),
    ]


def _figure(
    words: str,
    rows: QuerySet[Idea] | QuerySet[Escalation] | QuerySet[Decision],
    when: str,
    at: datetime,
) -> Figure:
    counts = rows.filter(**{f"{when}__gt": at - 2 * SPAN}).aggregate(
        now=Count("pk", filter=Q(**{f"{when}__gt": at - SPAN})),
        before=Count("pk", filter=Q(**{f"{when}__lte": at - SPAN})),
    )
    return Figure(words, counts["now"], counts["before"])
