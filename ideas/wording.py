"""What an idea's page says in words: why voting is closed, what happened, how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.core.wording import day_words, grouped_number, local_day, unbroken

from .models import Decision, EscalationRule, Idea, IdeaStatusChange
from .statuses import Status, Verdict

Kind = IdeaStatusChange.Kind
TITLES = {
    Kind.POSTED: gettext_lazy("Posted"),
    Kind.RAISED: gettext_lazy("Sent to head office"),
    Kind.UNRAISED: gettext_lazy("Back to voting"),
    Kind.REVIEW_STARTED: gettext_lazy("Review started"),
    Kind.ANSWERED: gettext_lazy("Answered"),
    Kind.RETURNED: gettext_lazy("Open for another round"),
    Kind.OVERDUE: gettext_lazy("The answer is late"),
    Kind.PROMISE_KEPT: gettext_lazy("Promise kept"),
    Kind.PROMISE_MISSED: gettext_lazy("Promise missed"),
    Kind.WITHDRAWN: gettext_lazy("Taken back"),
    Kind.JOINED: gettext_lazy("Joined with another idea"),
    Kind.PARTED: gettext_lazy("Parted from the other idea"),
    Kind.VOTES_REMOVED: gettext_lazy("Votes removed"),
    Kind.VOTES_RESTORED: gettext_lazy("Votes put back"),
    Kind.IMPORTED: gettext_lazy("Brought from the old site"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the timeline as its reader sees it."""

    title: str
    text: str
    at: datetime
    status: str
    now: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an idea is on its way to the next review."""

    done: int
    goal: int
    words: str


def why_closed(idea: Idea) -> str:
    """Why an idea takes no votes, for whoever tried."""
    if idea.topic.hidden_at is not None:
        return _("This idea is hidden, so it takes no votes now.")
    if idea.status == Status.DUPLICATE:
        return _("This idea was joined with another, which has its votes now.")
    if idea.status == Status.WITHDRAWN:
        return _("Its author has taken this idea back, so it takes no votes.")
    return _("This idea has been decided, so voting is closed. Its votes stand as they were.")


def closed_since(idea: Idea, changes: Sequence[IdeaStatusChange]) -> str:
    """Under a closed vote: since when."""
    ends = (Kind.DECIDED, Kind.WITHDRAWN)
    ended = next((change for change in reversed(changes) if change.kind in ends), None)
    if ended is None:
        return _("Voting is closed")
    words = _("Withdrawn on %(day)s") if ended.kind == Kind.WITHDRAWN else _("Decided on %(day)s")
    return words % {"day": unbroken(day_words(local_day(ended.at)))}


def headline(decision: Decision | None) -> str:
    """What was decided, in the fewest words; the answer itself says more."""
    if decision and decision.is_taken_back:
        return _("Taken back: we look at it again")
    words = {
        Verdict.DO_IT: _("Yes"),
        Verdict.PILOT: _("We try it"),
        Verdict.EXISTS: _("It is already there"),
        Verdict.DECLINE: _("No, and why"),
        Verdict.NEEDS_MORE: _("Not yet"),
        Verdict.NOT_NOW: _("Later"),
        Verdict.ANSWERED: _("Not decided yet"),
    }
    return words[Verdict(decision.verdict)] if decision else _("Official answer")


def steps(changes: Sequence[IdeaStatusChange]) -> list[Step]:
    """The timeline, newest first; the newest is where the idea stands now."""
    newest = len(changes) - 1
    made = [
        Step(
            title=_title(change),
            text=_text(change),
            at=change.at,
            status=_mark(change),
            now=number == newest,
        )
        for number, change in enumerate(changes)
    ]
    return made[::-1]


def progress(idea: Idea, rules: Sequence[EscalationRule]) -> Progress | None:
    """The next threshold above the idea's votes, if a rule has one."""
    counting = [rule for rule in rules if rule.measure == EscalationRule.Measure.VOTES]
    ahead = [rule for rule in counting if rule.votes > idea.vote_count]
    rule = min(ahead, key=lambda each: each.votes, default=None)
    if rule is None:
        return None
    left = rule.votes - idea.vote_count
    words = ngettext(
        "%(left)s more vote and it goes to %(rule)s, which must answer within %(days)d days.",
        "%(left)s more votes and it goes to %(rule)s, which must answer within %(days)d days.",
        left,
    ) % {"left": grouped_number(left), "rule": _to_whom(idea, rule), "days": rule.days}
    return Progress(done=idea.vote_count, goal=rule.votes, words=words)


def _to_whom(idea: Idea, rule: EscalationRule) -> str:
    """Who gets it: the owning department by its name, or what the rule is called."""
    department = idea.board.department if rule.asks_owner else None
    return department.name if department else _within(rule.name)


def _within(name: str) -> str:
    """A rule's name inside a sentence: `Corporate review` is `corporate review` there."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _title(change: IdeaStatusChange) -> str:
    if change.kind == Kind.DECIDED:
        return _verdict_words(change)
    if change.kind == Kind.RETURNED and change.data.get("again"):
        return _("Decision taken back")
    to = str(change.data.get("to", ""))
    if change.kind == Kind.RAISED and to:
        return _("Sent to %(who)s") % {"who": to}
    return str(TITLES.get(Kind(change.kind)) or change.get_kind_display())


def _verdict_words(change: IdeaStatusChange) -> str:
    slug = str(change.data.get("decision", ""))
    words: dict[str, str] = {
        Verdict.DO_IT: _("Decided: we will do it"),
        Verdict.PILOT: _("Decided: we try it out"),
        Verdict.EXISTS: _("Decided: it is already there"),
        Verdict.DECLINE: _("Decided: no"),
        Verdict.NEEDS_MORE: _("Decided: it needs more"),
        Verdict.NOT_NOW: _("Decided: not now"),
    }
    return words.get(slug, _("Decided"))


def _text(change: IdeaStatusChange) -> str:
    """The facts that belong to it, and who it was. Of a decision the answer says the rest."""
    if change.kind == Kind.DECIDED:
        return _facts(change)
    return " · ".join(filter(None, [_facts(change), change.byline, change.note]))


def _facts(change: IdeaStatusChange) -> str:
    data: dict[str, Any] = change.data
    if change.kind == Kind.RAISED:
        return _("By itself at %(votes)s votes. %(due)s") % {
            "votes": grouped_number(int(data.get("votes", 0))),
            "due": _dated(_("Answer due %(day)s"), data.get("due")),
        }
    if change.kind == Kind.IMPORTED:
        return _imported_words(data)
    if change.kind == Kind.UNRAISED:
        return _("%(votes)s votes are left, fewer than it takes") % {
            "votes": grouped_number(int(data.get("votes", 0)))
        }
    if change.kind in (Kind.VOTES_REMOVED, Kind.VOTES_RESTORED):
        count = int(data.get("votes", 0))
        words = ngettext("%(votes)s vote", "%(votes)s votes", count)
        return words % {"votes": grouped_number(count)}
    if change.kind == Kind.RETURNED and change.data.get("due"):
        return _dated(_("Answer due %(day)s"), data.get("due"))
    if change.kind == Kind.OVERDUE:
        return _dated(_("It was due %(day)s"), data.get("due"))
    if change.kind == Kind.DECIDED and data.get("date"):
        late = data.get("decision") in (Verdict.NEEDS_MORE, Verdict.NOT_NOW)
        words = _("It comes back on %(day)s") if late else _("By %(day)s")
        return _dated(words, data.get("date"))
    return ""


def _imported_words(data: dict[str, Any]) -> str:
    """What the old site counted, and what it had said."""
    count = int(data.get("votes", 0))
    words = ngettext("With %(votes)s vote", "With %(votes)s votes", count)
    votes = words % {"votes": grouped_number(count)} if count else ""
    called = data.get("called")
    said = _("It was “%(status)s” there") % {"status": called} if called else ""
    return " · ".join(filter(None, [votes, said]))


def votes_with_imported(idea: Idea) -> str:
    """The votes and those brought along, each counted apart; "" where none were brought."""
    if not idea.imported_votes:
        return ""
    votes = ngettext("%(votes)s vote", "%(votes)s votes", idea.vote_count) % {
        "votes": grouped_number(idea.vote_count)
    }
    return _("%(votes)s and %(imported)s brought from the old site") % {
        "votes": votes,
        "imported": grouped_number(idea.imported_votes),
    }


def _dated(words: str, iso: object) -> str:
    """The words with their day, all on one line."""
    return unbroken(words % {"day": _day(iso)})


def _day(iso: object) -> str:
    """A stored day or moment as words."""
    if not isinstance(iso, str) or not iso:
        return ""
    is_moment = "T" in iso
    day = local_day(datetime.fromisoformat(iso)) if is_moment else date.fromisoformat(iso)
    return day_words(day)


def _mark(change: IdeaStatusChange) -> str:
    """The icon of a line."""
    marks = {
        Kind.POSTED: "pen",
        Kind.RETURNED: "undo",
        Kind.UNRAISED: "undo",
        Kind.ANSWERED: "chat",
        Kind.OVERDUE: "alert",
        Kind.PROMISE_KEPT: "check",
        Kind.PROMISE_MISSED: "alert",
        Kind.JOINED: "twins",
        Kind.PARTED: "undo",
        Kind.VOTES_REMOVED: "minus",
        Kind.VOTES_RESTORED: "undo",
        Kind.IMPORTED: "inbox",
    }
    return marks.get(Kind(change.kind), change.status)
