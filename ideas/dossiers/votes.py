"""How the votes of cases came: gained lately, week by week, and from where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Func, IntegerField, Q

from forum.models import Post

from ..models import Vote
from .shape import Place

GAIN = timedelta(days=28)
MONDAY = date(1969, 12, 29)  # the week of the epoch
SHOWN = 5
HOME = "voter__home_store"
STORE = "author__employee_record__store"


class WeekOf(Func):
    """Whole weeks since MONDAY, counted by the database itself: reading dates costs too much."""

    output_field = IntegerField()

    def as_sqlite(self, compiler, connection, **options):  # type: ignore[no-untyped-def]
        return self.as_sql(
            compiler,
            connection,
            template="CAST((julianday(%(expressions)s) - 2440584.5) / 7 AS INTEGER)",
            **options,
        )

    def as_postgresql(self, compiler, connection, **options):  # type: ignore[no-untyped-def]
        return self.as_sql(
            compiler,
            connection,
            template="FLOOR((EXTRACT(EPOCH FROM %(expressions)s) + 259200) / 604800)::int",
            **options,
        )


def gains(ideas: Collection[int], at: datetime) -> dict[int, dict[str, int]]:
    """How many votes each idea gained in the 28 days before, and how many since."""
    recent = Vote.objects.filter(counted_on__in=ideas, at__gt=at - GAIN).order_by()
    rows = recent.values("counted_on").annotate(
        gain=Count("pk", filter=Q(at__lte=at)), since=Count("pk", filter=Q(at__gt=at))
    )
    found: dict[int, dict[str, int]] = defaultdict(lambda: {"gain": 0, "since": 0})
    for row in rows:
        found[row["counted_on"]] = {"gain": row["gain"], "since": row["since"]}
    return found


def weeks(ideas: Collection[int], at: datetime) -> dict[int, tuple[str, list[int]]]:
    """By idea the Monday of its first vote, and the votes of every week from then until now."""
    counted = Vote.objects.filter(counted_on__in=ideas, at__lte=at).order_by()
    week = WeekOf(F("at"), output_field=IntegerField())
    rows = counted.values("counted_on").annotate(week=week, votes=Count("pk"))
    by_idea: dict[int, dict[int, int]] = defaultdict(dict)
    for row in rows:
        by_idea[row["counted_on"]][row["week"]] = row["votes"]
    last = (at.date() - MONDAY).days // 7
    found = {}
    for idea, by_week in by_idea.items():
        first = min(by_week)
        monday = MONDAY + timedelta(weeks=first)
        found[idea] = monday.isoformat(), [by_week.get(n, 0) for n in range(first, last + 1)]
    return found


def removed(ideas: Collection[int], at: datetime) -> dict[int, int]:
    """How many votes of each idea were taken out of the count."""
    gone = Vote.objects.filter(idea__in=ideas, at__lte=at, invalidation__isnull=False).order_by()
    return dict(gone.values_list("idea").annotate(Count("pk")))


def places(ideas: Collection[int], at: datetime) -> dict[int, tuple[list[Place], list[Place]]]:
    """By idea its shops and its states: votes of members at home there, words of their staff."""
    votes = Vote.objects.filter(
        counted_on__in=ideas, at__lte=at, **{f"{HOME}__isnull": False}
    ).order_by()
    voted = votes.values_list("counted_on", f"{HOME}__name", f"{HOME}__state")
    said = Post.objects.filter(topic__in=ideas, created_at__lte=at, is_decision=False)
    staff = said.published().by_staff().filter(**{f"{STORE}__isnull": False}).order_by()
    spoke = staff.values_list("topic", f"{STORE}__name", f"{STORE}__state")
    tally: dict[int, dict[tuple[str, str], list[int]]] = defaultdict(dict)
    for side, rows in ((0, voted), (1, spoke)):
        for idea, name, state, number in rows.annotate(number=Count("pk")):
            for place in ((f"{name}, {state}", ""), ("", state)):
                tally[idea].setdefault(place, [0, 0])[side] += number
    return {idea: _sorted(counts) for idea, counts in tally.items()}


def _sorted(counts: dict[tuple[str, str], list[int]]) -> tuple[list[Place], list[Place]]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1][0], -pair[1][1], pair[0]))
    shops = [Place(shop, *numbers) for (shop, _state), numbers in ranked if shop]
    states = [Place(state, *numbers) for (_shop, state), numbers in ranked if state]
    return shops[:SHOWN], states[:SHOWN]
