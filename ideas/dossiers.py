"""The case of an idea as it stands: shown live at `/review/`, frozen into a digest.

The shape of `DigestEntry.dossier` is `Dossier` as JSON, and stays readable for ever: fields
are added, never renamed.

    title      str    the idea's title
    board      str    its board's name
    excerpt    str    its first words, plain
    votes      int    counted votes at that moment
    gain       int    how many of them in the 28 days before
    comments   int    public posts under the idea
    stores     [str]  the shop it was posted for, then shops whose staff spoke up as staff
    voices     [{"post": id, "no": int, "answers": int, "text": str, "author": str}]
                      customers' comments, most replied to first; text is plain and shortened
    rule       str    public name of the rule crossed; `rule_votes` int, its number
    cycle      int    1, or more when the idea came back
    crossed_at, raised_at, due_at   str, ISO 8601 moments
    state      str    of the escalation: waiting, taken, decided, unraised
    taken_by   str    name of the reviewer, or ""
    verdict    str    slug of the decision published on it, or ""
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, Window
from django.db.models.functions import RowNumber

from community.core.text import excerpt
from forum.models import Post

from .models import Decision, Escalation, Vote
from .statuses import Verdict

GAIN = timedelta(days=28)
VOICES = 3
VOICE_LENGTH = 280


@dataclass(frozen=True)
class Voice:
    """What a customer said, shortened."""

    post: int
    no: int
    answers: int
    text: str
    author: str


@dataclass(frozen=True)
class Dossier:
    """One case. See the module for what each field means."""

    title: str
    board: str
    excerpt: str
    votes: int
    gain: int
    comments: int
    rule: str
    rule_votes: int
    cycle: int
    crossed_at: datetime
    raised_at: datetime
    due_at: datetime
    state: str
    taken_by: str = ""
    verdict: str = ""
    stores: list[str] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)

    @property
    def verdict_words(self) -> str:
        """The decision in words, where there is one."""
        return str(Verdict(self.verdict).label) if self.verdict else ""

    def to_json(self) -> dict[str, Any]:
        """As it is frozen."""
        facts = asdict(self)
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in facts.items()
        }

    def showing(self, posts: Collection[int]) -> Dossier:
        """Only with the comments that are among these posts: others were hidden since."""
        return replace(self, voices=[voice for voice in self.voices if voice.post in posts])

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> Dossier:
        """As it was frozen."""
        moments = ("crossed_at", "raised_at", "due_at")
        known = {name: facts[name] for name in cls.__dataclass_fields__ if name in facts}
        known |= {name: datetime.fromisoformat(facts[name]) for name in moments}
        known["voices"] = [Voice(**voice) for voice in facts["voices"]]
        return cls(**known)


def dossiers_of(escalations: Iterable[Escalation], *, at: datetime) -> dict[int, Dossier]:
    """The cases of these escalations (`with_case`) at this moment, by key, in four queries.

    Votes cast since are taken off again, so that a digest made late says what stood at its end.
    """
    cases = list(escalations)
    ideas = {case.idea_id for case in cases}
    votes, voices = _votes(ideas, at), _voices(ideas, at)
    stores, verdicts = _stores(ideas, at), _verdicts(cases, at)
    return {
        case.pk: Dossier(
            title=case.idea.topic.title,
            board=case.idea.board.name,
            excerpt=case.idea.topic.excerpt,
            votes=case.idea.vote_count - votes[case.idea_id]["since"],
            gain=votes[case.idea_id]["gain"],
            comments=case.idea.topic.reply_count,
            rule=case.rule.name,
            rule_votes=case.rule.votes,
            cycle=case.cycle,
            crossed_at=case.crossed_at,
            raised_at=case.raised_at,
            due_at=case.due_at,
            state=_state_at(case, at),
            taken_by=_taker_at(case, at),
            verdict=verdicts.get(case.pk, ""),
            stores=_own_store(case)
            + [s for s in stores[case.idea_id] if s not in _own_store(case)],
            voices=voices[case.idea_id],
        )
        for case in cases
    }


def _state_at(case: Escalation, at: datetime) -> str:
    """The state as it stood: what happened later is not told yet."""
    if case.closed_at is not None and case.closed_at <= at:
        return case.state
    is_taken = case.taken_at is not None and case.taken_at <= at
    return Escalation.State.TAKEN if is_taken else Escalation.State.WAITING


def _taker_at(case: Escalation, at: datetime) -> str:
    is_taken = case.taken_at is not None and case.taken_at <= at
    return case.taken_by.name if is_taken and case.taken_by else ""


def _own_store(case: Escalation) -> list[str]:
    return [str(case.idea.topic.store)] if case.idea.topic.store else []


def _votes(ideas: set[int], at: datetime) -> dict[int, dict[str, int]]:
    """How many votes each idea gained in the 28 days before, and how many since."""
    recent = Vote.objects.filter(counted_on__in=ideas, at__gt=at - GAIN).order_by()
    rows = recent.values("counted_on").annotate(
        gain=Count("pk", filter=Q(at__lte=at)), since=Count("pk", filter=Q(at__gt=at))
    )
    found: dict[int, dict[str, int]] = defaultdict(lambda: {"gain": 0, "since": 0})
    for row in rows:
        found[row["counted_on"]] = {"gain": row["gain"], "since": row["since"]}
    return found


def _voices(ideas: set[int], at: datetime) -> dict[int, list[Voice]]:
    """Customers' comments that most people replied to, a few for each idea."""
    said = Post.objects.filter(topic__in=ideas, created_at__lte=at, voice=None)
    ranked = (
        said.published()
        .replies()
        .annotate(
            rank=Window(
                RowNumber(), partition_by=F("topic"), order_by=[F("answer_count").desc(), "no"]
            )
        )
    )
    found: dict[int, list[Voice]] = defaultdict(list)
    for post in ranked.filter(rank__lte=VOICES).select_related("author").order_by("topic", "rank"):
        text, author = excerpt(post.text, VOICE_LENGTH), post.author.name if post.author else ""
        found[post.topic_id].append(Voice(post.pk, post.no, post.answer_count, text, author))
    return found


def _stores(ideas: set[int], at: datetime) -> dict[int, list[str]]:
    """The shops whose staff spoke up under each idea, first the first."""
    by_staff = Post.objects.filter(topic__in=ideas, created_at__lte=at, is_decision=False)
    store = "author__employee_record__store"
    rows = by_staff.published().by_staff().filter(**{f"{store}__isnull": False}).order_by()
    named = rows.values_list("topic_id", f"{store}__name", f"{store}__state")
    found: dict[int, list[str]] = defaultdict(list)
    for idea, name, state, _first in named.annotate(first=Min("no")).order_by("topic_id", "first"):
        found[idea].append(f"{name}, {state}")
    return found


def _verdicts(cases: list[Escalation], at: datetime) -> dict[int, str]:
    """What was decided on each of these cases; one decision ends all cases of its idea's cycle."""
    published = Decision.objects.published().filter(published_at__lte=at)
    published = published.filter(idea__in={case.idea_id for case in cases})
    rows = published.values_list("idea_id", "escalation__cycle", "verdict")
    by_cycle = {(idea, cycle): verdict for idea, cycle, verdict in rows}
    return {
        case.pk: by_cycle[case.idea_id, case.cycle]
        for case in cases
        if (case.idea_id, case.cycle) in by_cycle
    }
