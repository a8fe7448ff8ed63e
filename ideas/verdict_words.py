"""What decisions mean, in the words that reviewers choose by and customers read."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.core.wording import day_words

from .statuses import Verdict

MEANING = {
    Verdict.DO_IT: gettext_lazy(
        "A promise with a date. Voting closes; on the day you say whether it was kept."
    ),
    Verdict.PILOT: gettext_lazy(
        "A promise to try it in the stores you name until a date. Voting closes."
    ),
    Verdict.EXISTS: gettext_lazy("Say where customers find it. Voting closes."),
    Verdict.DECLINE: gettext_lazy("A no with its reason, in public. Voting closes."),
    Verdict.NEEDS_MORE: gettext_lazy(
        "Ask customers for what is missing. Voting goes on, and it comes back on a date."
    ),
    Verdict.NOT_NOW: gettext_lazy("Neither yes nor no: it comes back by itself on a date."),
    Verdict.ANSWERED: gettext_lazy(
        "Say how things stand. Nothing is decided, voting goes on, and your case is closed."
    ),
}


def headline(verdict: str, day: date | None, stores: list[str]) -> str:
    """The decision as one public sentence: `We will do it, by 1 October 2026.`"""
    words = {"day": day_words(day) if day else "", "stores": _list_words(stores)}
    sentences = {
        Verdict.DO_IT: _("We will do it, by %(day)s."),
        Verdict.PILOT: _("We are trying it out in %(stores)s, until %(day)s."),
        Verdict.EXISTS: _("This already exists."),
        Verdict.DECLINE: _("We will not do this."),
        Verdict.NEEDS_MORE: _("We need to know more. We look at it again on %(day)s."),
        Verdict.NOT_NOW: _("Not now. We look at it again on %(day)s."),
        Verdict.ANSWERED: _("This is how things stand."),
    }
    return sentences[Verdict(verdict)] % words


def _list_words(names: list[str]) -> str:
    """`Anchorage, Tempe and Mesa`; past five the rest as a number."""
    if not names:
        return _("some stores")
    shown, more = names[:5], len(names) - 5
    last = _("%(count)d more stores") % {"count": more} if more > 0 else shown.pop()
    if not shown:
        return last
    return _("%(names)s and %(last)s") % {"names": ", ".join(shown), "last": last}
