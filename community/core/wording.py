"""Numbers and moments in the words a reader expects. Rows repeat them, so they are remembered."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import get_language, gettext, ngettext

SHORT_FROM = 100_000
MILLION = 1_000_000
MINUTE, HOUR, DAY, MONTH, YEAR = 60, 3600, 86_400, 2_629_800, 31_557_600  # seconds
UNITS = (YEAR, MONTH, DAY, HOUR, MINUTE)


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


def unbroken(words: str) -> str:
    """The words with spaces at which no line ends."""
    return words.replace(" ", "\u00a0")


def local_day(at: datetime) -> date:
    """The day it was where the reader is."""
    return timezone.localtime(at).date() if timezone.is_aware(at) else at.date()


def moment_words(at: datetime) -> str:
    """`12 May 2026, 14:05`, where the reader is."""
    local = timezone.localtime(at)
    return f"{day_words(local.date())}, {local.hour:02}:{local.minute:02}"


def ago_words(seconds: float) -> str:
    """`3 days ago`: one unit, rounded down; `in 3 days` for what is to come."""
    lasting = int(abs(seconds))
    unit = next((unit for unit in UNITS if lasting >= unit), 1)
    return _ago(unit, lasting // unit, seconds > 0, get_language())


@lru_cache(maxsize=4096)
def _ago(unit: int, n: int, is_past: bool, language: str | None) -> str:
    amounts = {
        YEAR: lambda: ngettext("%d year", "%d years", n),
        MONTH: lambda: ngettext("%d month", "%d months", n),
        DAY: lambda: ngettext("%d day", "%d days", n),
        HOUR: lambda: ngettext("%d hour", "%d hours", n),
        MINUTE: lambda: ngettext("%d minute", "%d minutes", n),
    }
    if unit not in amounts:
        return gettext("just now")
    return (gettext("%s ago") if is_past else gettext("in %s")) % (amounts[unit]() % n)
