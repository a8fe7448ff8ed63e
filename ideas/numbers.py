"""The public numbers: what was asked, decided, promised and told, of what anybody may read.

By quarters in the site's zone. A wait to a decision is counted from the raising, because from then
on an answer is owed; one to the first official word from the posting. A median says nothing of
those that still wait, so they are counted beside it. What was imported is counted apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median
from typing import Any

from django.core.cache import cache
from django.db.models import (
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Window,
)
from django.db.models.functions import RowNumber, TruncQuarter
from django.utils import timezone

from forum.models import Board, Promise, Topic

from .models import Decision, Escalation, Idea, Outcome
from .statuses import RETURNS, Status, Verdict

KEY, KEPT_SECONDS = "ideas:numbers", 60
DOING = (Verdict.DO_IT, Verdict.PILOT)
PUBLIC = Q(idea__board__audience=Board.Audience.PUBLIC, idea__topic__hidden_at=None)


@dataclass
class Tally:
    """The figures of a quarter, or of all time.

    Waits are kept, in seconds, to find their median; of those to a first word only the middle.
    """

    ideas: int = 0
    decided: int = 0
    put_off: int = 0
    kept: int = 0
    late: int = 0
    told: int = 0
    waits: list[float] = field(default_factory=list)
    first_words: list[float] = field(default_factory=list)

    @property
    def wait(self) -> float | None:
        """The median wait from raising to decision."""
        return median(self.waits) if self.waits else None

    @property
    def first_word(self) -> float | None:
        """The median wait from posting to the first official word, of those that had one."""
        return median(self.first_words) if self.first_words else None

    def add(self, other: Tally) -> None:
        """Count another's figures too, save the first words: their middle is found over all."""
        for name in ("ideas", "decided", "put_off", "kept", "late", "told"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.waits += other.waits


@dataclass(frozen=True)
class Numbers:
    """All figures: by quarter, oldest first, and in all; and how things stand now."""

    quarters: list[tuple[date, Tally]]
    total: Tally
    without_word: int
    waiting: int
    overdue: int
    promised: int
    done: int
    done_planned: int
    done_underway: int
    imported: int
    at: datetime


def numbers(*, at: datetime | None = None) -> Numbers:
    """The figures as they were at most a minute ago."""
    kept: Numbers | None = cache.get(KEY)
    if kept is None:
        kept = count_numbers(at=at or timezone.now())
        cache.set(KEY, kept, timeout=KEPT_SECONDS)
    return kept


def count_numbers(*, at: datetime) -> Numbers:
    """Count everything, in a handful of queries whatever the size of the tables."""
    by_quarter: defaultdict[date, Tally] = defaultdict(Tally)
    ideas = _public_ideas()
    imported = _count_ideas(ideas, by_quarter)
    total = Tally()
    with_word = _count_first_words(ideas, by_quarter, total)
    decisions = _decisions()
    _count_decisions(by_quarter, decisions)
    promised = _count_promises(by_quarter, decisions, today=_local(at).date())
    _count_outcomes(by_quarter)
    cases = _cases(at)
    for tally in by_quarter.values():
        total.add(tally)
    return Numbers(
        quarters=[(day, by_quarter[day]) for day in _without_gaps(by_quarter, until=at)],
        total=total,
        without_word=total.ideas - with_word,
        waiting=cases["waiting"],
        overdue=cases["overdue"],
        promised=promised,
        imported=imported,
        at=at,
        **_provenance(decisions),
    )


def quarter_of(day: date) -> date:
    """The first day of the quarter that this day is in."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _local(at: datetime) -> datetime:
    return timezone.localtime(at, timezone.get_default_timezone())


def _quarter(at: datetime) -> date:
    return quarter_of(_local(at).date())


def _without_gaps(found: Iterable[date], *, until: datetime) -> list[date]:
    """Every quarter from the first that has something to the running one."""
    last = _quarter(until)
    days = [min([*found, last])]
    while days[-1] < last:
        year, month = days[-1].year, days[-1].month + 3
        days.append(date(year + month // 13, (month - 1) % 12 + 1, 1))
    return days


def _public_ideas() -> QuerySet[Idea]:
    """Public ideas that were not taken back.

    Of boards by key and without the few hidden topics, so that no other topic is read.
    """
    boards = Board.objects.filter(audience=Board.Audience.PUBLIC).values_list("pk", flat=True)
    hidden = Topic.objects.filter(hidden_at__isnull=False).values("pk")
    ideas = Idea.objects.filter(board__in=list(boards)).exclude(topic__in=hidden)
    return ideas.exclude(status=Status.WITHDRAWN)


def _count_ideas(all_ideas: QuerySet[Idea], found: defaultdict[date, Tally]) -> int:
    """Ideas by quarter; answers how many more were brought from elsewhere."""
    ideas = all_ideas.annotate(is_imported=Q(imported__isnull=False))
    quarter = TruncQuarter("created_at", tzinfo=timezone.get_default_timezone())
    rows = ideas.order_by().annotate(quarter=quarter).values_list("quarter", "is_imported")
    imported = 0
    for at, is_imported, count in rows.annotate(count=Count("pk")):
        if is_imported:
            imported += count
        else:
            found[at.date()].ideas += count
    return imported


def _count_first_words(ideas: QuerySet[Idea], found: defaultdict[date, Tally], total: Tally) -> int:
    """The median waits to the first official word, by its quarter; answers how many had one.

    Only the waits in the middle of each quarter, and of all, leave the database.
    """
    said = ideas.filter(imported=None, answered_at__isnull=False).order_by()
    ranked = said.annotate(
        quarter=TruncQuarter("answered_at", tzinfo=timezone.get_default_timezone()),
        wait=ExpressionWrapper(F("answered_at") - F("created_at"), DurationField()),
        place=Window(RowNumber(), partition_by="quarter", order_by=["wait", "pk"]),
        many=Window(Count("pk"), partition_by="quarter"),
        place_of_all=Window(RowNumber(), order_by=["wait", "pk"]),
        everything=Window(Count("pk")),
    )
    middle = Q(place__gte=F("many") / 2.0, place__lte=F("many") / 2.0 + 1)
    of_all = Q(place_of_all__gte=F("everything") / 2.0)
    of_all &= Q(place_of_all__lte=F("everything") / 2.0 + 1)
    columns = ("quarter", "wait", "place", "many", "place_of_all", "everything")
    everything = 0
    for at, wait, place, many, place_of_all, everything in ranked.filter(
        middle | of_all
    ).values_list(*columns):
        if _is_middle(place, many):
            found[at.date()].first_words.append(wait.total_seconds())
        if _is_middle(place_of_all, everything):
            total.first_words.append(wait.total_seconds())
    return everything


def _is_middle(place: int, many: int) -> bool:
    """Whether this is the middle one of so many, or one of the two."""
    return many <= 2 * place <= many + 2


def _decisions() -> list[dict[str, Any]]:
    published = Decision.objects.published().filter(PUBLIC).order_by("published_at", "pk")
    rows: Iterable[Any] = published.values(
        "idea_id",
        "idea__status",
        "verdict",
        "provenance",
        "published_at",
        "told_done",
        "escalation__raised_at",
        "promise__state",
        "promise__due_on",
        "promise__closed_at",
        "escalation__returned_at",
    )
    return list(rows)


def _count_decisions(found: defaultdict[date, Tally], decisions: list[dict[str, Any]]) -> None:
    for row in decisions:
        tally = found[_quarter(row["published_at"])]
        if row["verdict"] in RETURNS:
            tally.put_off += 1
        elif row["verdict"] != Verdict.ANSWERED:
            tally.decided += 1
        tally.told += row["told_done"]
        wait = row["published_at"] - row["escalation__raised_at"]
        tally.waits.append(wait.total_seconds())


def _count_promises(
    found: defaultdict[date, Tally], decisions: list[dict[str, Any]], *, today: date
) -> int:
    """Kept in time or late, by the quarter they were due in; answers how many are still to come.

    One that was taken back before its day binds nobody, and is in no figure.
    """
    to_come = 0
    for row in decisions:
        due, state, closed = (row[f"promise__{name}"] for name in ("due_on", "state", "closed_at"))
        if due is None or _is_taken_back(state, closed, row["escalation__returned_at"]):
            continue
        if state == Promise.State.OPEN and due >= today:
            to_come += 1
        elif state == Promise.State.KEPT and _local(closed).date() <= due:
            found[quarter_of(due)].kept += 1
        else:
            found[quarter_of(due)].late += 1
    return to_come


def _is_taken_back(state: str, closed: datetime | None, returned: datetime | None) -> bool:
    """Whether a promise was closed by taking its decision back (see `Decision.promise_state`)."""
    return state == Promise.State.MISSED and closed == returned


def _count_outcomes(found: defaultdict[date, Tally]) -> None:
    """Who was told that a promise was kept was told of something, too."""
    public = Q(decision__idea__board__audience=Board.Audience.PUBLIC)
    rows = Outcome.objects.published().filter(public, decision__idea__topic__hidden_at=None)
    for at, told in rows.values_list("published_at", "told_done"):
        if at is not None:
            found[_quarter(at)].told += told


def _cases(at: datetime) -> dict[str, int]:
    """Ideas that wait for a decision now, and those of them whose day has passed."""
    cases = Escalation.objects.open().filter(PUBLIC)
    return cases.aggregate(
        waiting=Count("idea", distinct=True),
        overdue=Count("idea", distinct=True, filter=Q(due_at__lt=at)),
    )


def _provenance(decisions: list[dict[str, Any]]) -> dict[str, int]:
    """Of what is done by a decision: how much was on its way before anybody asked."""
    done = {
        row["idea_id"]: row["provenance"]
        for row in decisions
        if row["idea__status"] == Status.DONE and row["verdict"] in DOING
    }
    counts = Counter(done.values())
    return {
        "done": len(done),
        "done_planned": counts[Decision.Provenance.PLANNED],
        "done_underway": counts[Decision.Provenance.UNDERWAY],
    }
