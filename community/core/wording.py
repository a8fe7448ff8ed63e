"""Numbers and moments in the words a reader expects. Days and numbers are remembered by language."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import get_language, gettext, ngettext

SHORT_FROM = 100_000
MILLION = 1_000_000
MINUTE, HOUR, DAY, MONTH, YEAR = 60, 3600, 86_400, 2_629_800, 31_557_600  # seconds


@lru_cache(maxsize=4096)
def _grouped(number: int, language: str | None) -> str:
    return formats.number_format(number, use_l10n=True, force_grouping=True)


@lru_cache(maxsize=4096)
def _day(day: date, language: str | None) -> str:
    return formats.date_format(day, "j F Y", use_l10n=False)


def grouped_number(number: int) -> str:
    """`1,284`, in the reader's language."""
    return _grouped(number, get_language())


def short_number(number: int) -> str:
    """`1,284`, but `100k` and `1.2M` where a vote button has no more room. Rounds down."""
    if number < SHORT_FROM:
        return grouped_number(number)
    if number < MILLION:
        return gettext("%(thousands)dk") % {"thousands": number // 1000}
    millions = formats.number_format(number // SHORT_FROM / 10, 1)
    return gettext("%(millions)sM") % {"millions": millions}


def day_words(day: date) -> str:
    """`12 May 2026`."""
    return _day(day, get_language())


def local_day(at: datetime) -> date:
    """The day it was where the reader is."""
    return timezone.localtime(at).date() if timezone.is_aware(at) else at.date()


def moment_words(at: datetime) -> str:
    """`12 May 2026, 14:05`, where the reader is."""
    local = timezone.localtime(at)
    return f"{day_words(local.date())}, {local:%H:%M}"


def ago_words(seconds: float) -> str:
    """`3 days ago`: one unit, rounded down; `in 3 days` for what is to come."""
    amount = _amount(int(abs(seconds)))
    if not amount:
        return gettext("just now")
    return (gettext("%s ago") if seconds > 0 else gettext("in %s")) % amount


def _amount(seconds: int) -> str:
    """The largest unit that fits; nothing under a minute."""
    if n := seconds // YEAR:
        return ngettext("%d year", "%d years", n) % n
    if n := seconds // MONTH:
        return ngettext("%d month", "%d months", n) % n
    if n := seconds // DAY:
        return ngettext("%d day", "%d days", n) % n
    if n := seconds // HOUR:
        return ngettext("%d hour", "%d hours", n) % n
    n = seconds // MINUTE
    return ngettext("%d minute", "%d minutes", n) % n if n else ""
