"""The roadmap: what is promised for which quarter, what was done in which, in time or late.

Of what anybody may read. What was refused has its place among the decisions, and is not said twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.core.paging import Page, page_by_key
from community.core.wording import day_words, local_day
from forum.models import Promise

from .models import Decision, Idea
from .models.decisions import PROMISE_TAKEN_BACK
from .numbers import quarter_of
from .outcomes import DOING, newest_outcomes
from .statuses import Status

AHEAD = 40
WITHOUT_DAY = 12
DONE_AT_ONCE = 20
NEWEST_DONE = ("-promise__closed_at", "-pk")


@dataclass(slots=True)
class Stop:
    """An idea on the road: the promise it stands by, and whether its day has passed unkept."""

    idea: Idea
    promise: Promise
    stores: list[str]
    is_late: bool


@dataclass(slots=True)
class Quarter:
    """A quarter by its first day, with what belongs there."""

    day: date
    stops: list[Stop] = field(default_factory=list)

    @property
    def words(self) -> str:
        """`October to December 2026`."""
        last = self.day.replace(month=self.day.month + 2)
        months = {"first": date_format(self.day, "F"), "last": date_format(last, "F")}
        return _("%(first)s to %(last)s %(year)s") % {**months, "year": self.day.year}

    @property
    def slug(self) -> str:
        """`2026-q4`, for its heading."""
        return f"{self.day.year}-q{(self.day.month + 2) // 3}"


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is promised: late ones first, then by quarter, then what has no day yet."""

    late: list[Stop]
    quarters: list[Quarter]
    without_day: list[Idea]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Promises to customers: how many are still to come, late now, kept in time, and kept late."""

    to_come: int
    late: int
    in_time: int
    kept_late: int


def what_is_ahead(at: datetime) -> Ahead:
    """The promises that stand, by the day they are for."""
    rows = newest_outcomes().filter(idea__status__in=DOING, promise__isnull=False)
    rows = rows.order_by("promise__due_on", "pk").prefetch_related("stores")
    found = list(rows[: AHEAD + 1])
    stops = [_stop(row, local_day(at)) for row in _each_idea_once(found[:AHEAD])]
    undated = Idea.objects.public().filter(status__in=DOING, decisions=None)
    return Ahead(
        late=[stop for stop in stops if stop.is_late],
        quarters=_by_quarter([s for s in stops if not s.is_late], _due_on),
        without_day=list(undated.select_related("topic").most_wanted()[:WITHOUT_DAY]),
        has_more=len(found) > AHEAD,
    )


def what_is_done(after: str = "") -> tuple[list[Quarter], Page[Decision]]:
    """What was kept, the newest first, by the quarter it was kept in; a page by key."""
    rows = newest_outcomes().filter(idea__status=Status.DONE, promise__state=Promise.State.KEPT)
    page = page_by_key(rows.prefetch_related("stores"), NEWEST_DONE, after=after, size=DONE_AT_ONCE)
    stops = [_stop(row, local_day(timezone.now())) for row in _each_idea_once(page.rows)]
    return _by_quarter(stops, _closed_on), page


def score(at: datetime) -> Score:
    """All promises counted once. They are few: a company makes some hundreds a year.

    One that was taken back before its day is neither late nor to come.
    """
    zone, today = timezone.get_default_timezone(), local_day(at)
    promises = Promise.objects.filter(topic__idea__in=Idea.objects.public())
    kept, still_open = Q(state=Promise.State.KEPT), Q(state=Promise.State.OPEN)
    missed = Q(decision__in=Decision.objects.missed().values("pk"))
    late = missed | still_open & Q(due_on__lt=today)
    found = promises.annotate(on=TruncDate("closed_at", tzinfo=zone)).aggregate(
        to_come=Count("pk", filter=still_open & Q(due_on__gte=today)),
        late=Count("pk", filter=late),
        in_time=Count("pk", filter=kept & Q(on__lte=F("due_on"))),
        kept_late=Count("pk", filter=kept & Q(on__gt=F("due_on"))),
    )
    return Score(**found)


@dataclass(frozen=True, slots=True)
class Turn:
    """A promise was made, kept, missed or taken back: what a feed tells of it."""

    idea: Idea
    promise: Promise
    state: str
    at: datetime

    @property
    def words(self) -> str:
        return {
            Promise.State.OPEN.value: _("Promised"),
            Promise.State.KEPT.value: _("Promise kept"),
            Promise.State.MISSED.value: _("Promise missed"),
            PROMISE_TAKEN_BACK: _("Promise taken back"),
        }[self.state]

    @property
    def text(self) -> str:
        due = _("Promised by %(day)s.") % {"day": day_words(self.promise.due_on)}
        return " ".join(filter(None, [due, "" if self.state == "open" else self.promise.note]))


def newest_turns(most: int) -> list[Turn]:
    """What happened last to the promises of ideas that anybody may read, the newest first."""
    promises = Promise.objects.filter(topic__idea__in=Idea.objects.public())
    rows = promises.select_related("topic__idea__topic", "decision__escalation")
    made = [(p, "open", p.made_at) for p in rows.order_by("-made_at", "-pk")[:most]]
    closed = rows.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")[:most]
    ended = [(p, p.decision.promise_state, p.closed_at) for p in closed if p.closed_at]
    turns = [Turn(p.topic.idea, p, state, at) for p, state, at in [*made, *ended]]
    return sorted(turns, key=lambda turn: turn.at, reverse=True)[:most]


def _by_quarter(stops: list[Stop], day_of: Callable[[Stop], date]) -> list[Quarter]:
    """The quarters that these belong to, in the order of what they are given in."""
    quarters: dict[date, Quarter] = {}
    for stop in stops:
        day = quarter_of(day_of(stop))
        quarters.setdefault(day, Quarter(day)).stops.append(stop)
    return list(quarters.values())


def _closed_on(stop: Stop) -> date:
    return local_day(stop.promise.closed_at or stop.promise.made_at)


def _due_on(stop: Stop) -> date:
    return stop.promise.due_on


def _stop(decision: Decision, today: date) -> Stop:
    """Late is what was kept after its day, and what has not been kept though its day has passed."""
    promise = decision.promise
    assert promise is not None
    is_kept = promise.state == Promise.State.KEPT and promise.closed_at is not None
    ended = local_day(promise.closed_at) if is_kept and promise.closed_at else today
    is_late = ended > promise.due_on or promise.state == Promise.State.MISSED
    stores = [str(store) for store in decision.stores.all()]
    return Stop(decision.idea, promise, stores, is_late)


def _each_idea_once(rows: Iterable[Decision]) -> list[Decision]:
    """An idea that was tried out first and then done has two decisions; the first here counts."""
    return list({row.idea_id: row for row in reversed(list(rows))}.values())[::-1]
