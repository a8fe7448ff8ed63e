"""What ends a digest beside its cases: ideas that rise towards a rule, and promises due or missed.

The shape of `ReviewDigest.extras`; fields are added, never renamed:

    left_over  int   cases that had no room: they wait in the review, and come in a later digest
    rising     [{"idea": id, "title", "votes", "goal", "gain": votes in 28 days, "rule": name}]
    promises   [{"idea": id, "title", "due_on": ISO day, "is_missed": bool}]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from community.people.readers import Reader
from forum.models import Promise

from .crossing import in_scope
from .models import Audience, Decision, EscalationRule, Idea, Vote
from .models.rules import EscalationRuleQuerySet
from .statuses import Status

SHOWN = 5
SHARE = 0.5  # of what a rule asks for, from where an idea counts as rising
GAIN = timedelta(days=28)
AHEAD = timedelta(days=28)


@dataclass(frozen=True)
class Rising:
    """An idea on its way to a rule."""

    idea: int
    title: str
    votes: int
    goal: int
    gain: int
    rule: str
    url: str = ""


@dataclass(frozen=True)
class Due:
    """A promise whose day comes, or has passed."""

    idea: int
    title: str
    due_on: str
    is_missed: bool
    url: str = ""

    @property
    def day(self) -> date:
        return date.fromisoformat(self.due_on)


@dataclass(frozen=True)
class Extras:
    """The end of a digest. See the module for what each field means."""

    left_over: int = 0
    rising: list[Rising] = field(default_factory=list)
    promises: list[Due] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """As it is frozen: addresses are made when it is read."""
        facts = asdict(self)
        for row in [*facts["rising"], *facts["promises"]]:
            del row["url"]
        return facts

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> Extras:
        """As it was frozen."""
        return cls(
            left_over=facts.get("left_over", 0),
            rising=[Rising(**row) for row in facts.get("rising", [])],
            promises=[Due(**row) for row in facts.get("promises", [])],
        )


def extras_of(audience: Audience, *, at: datetime, left_over: int) -> Extras:
    """What the audience wants to read beside its cases, as it stands now."""
    return Extras(
        left_over=left_over,
        rising=rising(audience, at=at) if audience.shows_rising else [],
        promises=promises(audience, at=at) if audience.shows_promises else [],
    )


def shown_extras(facts: Mapping[str, Any], reader: Reader) -> Extras:
    """As it was frozen, without what the reader may not open; one query."""
    frozen = Extras.from_json(facts)
    ids = {row.idea for row in frozen.rising} | {row.idea for row in frozen.promises}
    if not ids:
        return frozen
    ideas = Idea.objects.visible_to(reader).select_related("topic").in_bulk(ids)
    urls = {pk: idea.get_absolute_url() for pk, idea in ideas.items()}
    return Extras(
        frozen.left_over,
        [
            Rising(**{**asdict(row), "url": urls[row.idea]})
            for row in frozen.rising
            if row.idea in urls
        ],
        [
            Due(**{**asdict(row), "url": urls[row.idea]})
            for row in frozen.promises
            if row.idea in urls
        ],
    )


def rising(audience: Audience, *, at: datetime) -> list[Rising]:
    """The ideas that gained most in 28 days of those that are half way to one of its rules."""
    rules = _rules_of(audience).active().filter(measure=EscalationRule.Measure.VOTES)
    found = [row for rule in rules for row in _rising_to(rule, at=at)]
    nearest = {row.idea: row for row in sorted(found, key=lambda row: -row.goal)}
    return sorted(nearest.values(), key=lambda row: (-row.gain, -row.votes))[:SHOWN]


def _rules_of(audience: Audience) -> EscalationRuleQuerySet:
    """Its own; an audience without any looks on, and reads of everybody's."""
    rules = EscalationRule.objects.all()
    return rules.filter(audience=audience) if audience.rules.exists() else rules


def _rising_to(rule: EscalationRule, *, at: datetime) -> list[Rising]:
    half = Idea.objects.filter(
        status=Status.OPEN, vote_count__gte=rule.votes * SHARE, vote_count__lt=rule.votes
    )
    recent = Vote.objects.filter(counted_on=OuterRef("pk"), at__gt=at - GAIN, at__lte=at)
    gained = recent.order_by().values("counted_on").annotate(n=Count("pk")).values("n")
    open_ideas: QuerySet[Idea] = in_scope(half.filter(topic__hidden_at=None), rule)
    rows = open_ideas.annotate(gain=Coalesce(Subquery(gained), 0)).select_related("topic")
    return [
        Rising(idea.pk, idea.topic.title, idea.vote_count, rule.votes, idea.gain, rule.name)
        for idea in rows.order_by("-gain", "-vote_count")[:SHOWN]
    ]


def promises(audience: Audience, *, at: datetime) -> list[Due]:
    """What this audience has promised by a day of the next four weeks, or has missed."""
    today = audience.today(at)
    states = Promise.State
    due = Q(promise__state=states.OPEN, promise__due_on__lte=today + AHEAD)
    rows = Decision.objects.published().filter(
        due | Q(pk__in=Decision.objects.missed().values("pk")),
        escalation__rule__in=_rules_of(audience),
    )
    rows = rows.filter(idea__topic__hidden_at=None).select_related("promise", "idea__topic")
    return [
        Due(
            row.idea_id,
            row.idea.topic.title,
            row.promise.due_on.isoformat(),
            row.promise.state == states.MISSED or row.promise.due_on < today,
        )
        for row in rows.order_by("promise__due_on", "pk")
        if row.promise is not None
    ]
