"""The public numbers, as a page and as a table to download."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from community.core.page_cache import cached_for_strangers
from community.core.tables import csv_answer
from community.core.wording import grouped_number
from community.people.readers import ReaderRequest

from ..charts import Chart, Value, grouped_bars
from ..numbers import Numbers, Tally, numbers

SHOWN = 8  # quarters in a drawing; the download has them all
DAY = 86_400
HEADER = (
    "quarter",
    "ideas",
    "decided",
    "put_off",
    "median_days_to_decision",
    "median_days_to_first_word",
    "promises_kept",
    "promises_late",
    "told",
)


@require_safe
@cached_for_strangers
def page(request: ReaderRequest) -> HttpResponse:
    """The same for everybody: of what anybody may read."""
    found = numbers()
    context = {
        "numbers": found,
        "total": found.total,
        "wait": wait_words(found.total.wait),
        "first_word": wait_words(found.total.first_word),
        "charts": [chart for chart in _charts(found) if not chart.is_empty],
    }
    return render(request, "ideas/numbers.html", context)


@require_safe
def table(request: ReaderRequest) -> StreamingHttpResponse:
    """Every quarter as a line, and all of them together."""
    return csv_answer("numbers", HEADER, _cells(numbers()))


def _cells(found: Numbers) -> Iterator[tuple[object, ...]]:
    for day, tally in found.quarters:
        yield (quarter_words(day), *_figures(tally))
    yield ("all", *_figures(found.total))


def _figures(tally: Tally) -> tuple[object, ...]:
    waits = (_days(tally.wait), _days(tally.first_word))
    return (
        tally.ideas,
        tally.decided,
        tally.put_off,
        *waits,
        tally.kept,
        tally.late,
        tally.told,
    )


def _days(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / DAY, 1)


def quarter_words(day: date) -> str:
    """`2026 Q4`."""
    return f"{day.year} Q{(day.month + 2) // 3}"


def wait_words(seconds: float | None) -> str:
    """`12 days`; under two days in hours; "–" where nothing can be said."""
    if seconds is None:
        return "–"
    if seconds < 2 * DAY:
        hours = round(seconds / 3600)
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = round(seconds / DAY)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": grouped_number(days)}


def _charts(found: Numbers) -> list[Chart]:
    """What was asked and decided, how long it took, what was promised, and who was told."""
    rows = [(quarter_words(day), tally) for day, tally in found.quarters[-SHOWN:]]
    return [
        grouped_bars(
            "asked",
            _("Asked and decided"),
            [_("Ideas"), _("Decisions")],
            [
                (day, [_count(each.ideas), _count(each.decided + each.put_off)])
                for day, each in rows
            ],
        ),
        grouped_bars(
            "waits",
            _("How long it took, at the median"),
            [_("To a decision, once raised"), _("To the first official word")],
            [(day, [_wait(each.wait), _wait(each.first_word)]) for day, each in rows],
        ),
        grouped_bars(
            "promises",
            _("Promises, by the quarter they were due in"),
            [_("Kept in time"), _("Late")],
            [(day, [_count(each.kept), _count(each.late)]) for day, each in rows],
        ),
        grouped_bars(
            "told",
            _("People told of a decision or its outcome"),
            [_("Told")],
            [(day, [_count(each.told)]) for day, each in rows],
        ),
    ]


def _count(number: int) -> Value:
    return Value(number, grouped_number(number))


def _wait(seconds: float | None) -> Value:
    return Value(seconds, wait_words(seconds))
