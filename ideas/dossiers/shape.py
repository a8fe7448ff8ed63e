"""The shape of a case. `DigestEntry.dossier` is `Dossier` as JSON, and stays readable for ever.

Fields are added, never renamed; what an older digest does not have yet reads as empty.

    title      str    the idea's title
    board      str    its board's name
    excerpt    str    its first words, plain
    votes      int    counted votes at that moment; `imported` and `removed` stand beside them
    gain       int    how many of them in the 28 days before
    comments   int    public posts under the idea
    stores     [str]  the shop it was posted for, then shops whose staff spoke up as staff
    voices     [Voice]  customers' comments, most replied to first; text is plain and shortened
    rule       str    public name of the rule crossed; `rule_votes` int, its number
    cycle      int    1, or more when the idea came back
    crossed_at, raised_at, due_at   str, ISO 8601 moments
    state      str    of the escalation: waiting, taken, decided, unraised
    taken_by   str    name of the reviewer, or ""
    verdict    str    slug of the decision published on it, or ""
    weeks      [int]  counted votes of each week (Monday to Sunday, UTC) of the idea's life
    weeks_from str    the first of these Mondays, or ""
    places     [Place]     shops with votes of their members and words of their staff, most first
    regions    [Place]     the same by state
    speak_for, speak_against   [Voice]  comments that take a side, most helpful first
    count_for, count_against   int      how many there are of each
    joined     [Echo]      ideas joined with this one, with the votes each had
    questions  [Echo]      questions in the forum that it may end, with who else has them
    earlier    [Precedent] what was decided before on ideas like it
    notes      [Word]      what departments answered
    scores     {"asked", "scored": int; "impact", "feasibility": [mean, lowest, highest]} or {};
                           the figures are there only once everybody who was asked has scored
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from ..statuses import Verdict
from .chart import Chart, chart_of


@dataclass(frozen=True)
class Voice:
    """What a customer said, shortened."""

    post: int
    no: int
    answers: int
    text: str
    author: str
    helpful: int = 0


@dataclass(frozen=True)
class Place:
    """A shop or a state, and how much of the idea comes from there."""

    name: str
    votes: int
    comments: int


@dataclass(frozen=True)
class Echo:
    """Another topic that says the same: a joined idea, or a question it may end."""

    topic: int
    title: str
    url: str
    count: int


@dataclass(frozen=True)
class Precedent:
    """An earlier decision on an idea like this one, and what came of it."""

    topic: int
    title: str
    url: str
    verdict: str
    reason: str
    decided_on: str
    date: str
    promise: str
    votes: int

    @property
    def verdict_words(self) -> str:
        return str(Verdict(self.verdict).label)

    @property
    def decided_day(self) -> dt.date:
        return dt.date.fromisoformat(self.decided_on)

    @property
    def date_day(self) -> dt.date | None:
        return dt.date.fromisoformat(self.date) if self.date else None


@dataclass(frozen=True)
class Word:
    """What a department answered, with cost and benefit in its own words."""

    department: str
    note: str
    cost: str
    benefit: str
    by: str


PARTS: dict[str, type[Any]] = {
    "voices": Voice,
    "speak_for": Voice,
    "speak_against": Voice,
    "places": Place,
    "regions": Place,
    "joined": Echo,
    "questions": Echo,
    "earlier": Precedent,
    "notes": Word,
}
STORES_NAMED = 3
MOMENTS = ("crossed_at", "raised_at", "due_at")


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
    imported: int = 0
    removed: int = 0
    weeks: list[int] = field(default_factory=list)
    weeks_from: str = ""
    places: list[Place] = field(default_factory=list)
    regions: list[Place] = field(default_factory=list)
    speak_for: list[Voice] = field(default_factory=list)
    speak_against: list[Voice] = field(default_factory=list)
    count_for: int = 0
    count_against: int = 0
    joined: list[Echo] = field(default_factory=list)
    questions: list[Echo] = field(default_factory=list)
    earlier: list[Precedent] = field(default_factory=list)
    notes: list[Word] = field(default_factory=list)
    scores: dict[str, Any] = field(default_factory=dict)

    @property
    def verdict_words(self) -> str:
        """The decision in words, where there is one."""
        return str(Verdict(self.verdict).label) if self.verdict else ""

    @property
    def first_stores(self) -> list[str]:
        """As many stores as its head names."""
        return self.stores[:STORES_NAMED]

    @property
    def more_stores(self) -> int:
        """How many others there are."""
        return max(0, len(self.stores) - STORES_NAMED)

    @property
    def chart(self) -> Chart | None:
        """Its votes by week, drawn; nothing to draw in the first days."""
        return chart_of(self.weeks, self.weeks_from, raised_on=self.raised_at.date())

    @property
    def other_voices(self) -> list[Voice]:
        """The voices that stand neither for nor against it here already."""
        sides = {voice.post for voice in (*self.speak_for, *self.speak_against)}
        return [voice for voice in self.voices if voice.post not in sides]

    @property
    def posts(self) -> list[int]:
        """The posts whose words it holds."""
        return [each.post for each in (*self.voices, *self.speak_for, *self.speak_against)]

    @property
    def topics(self) -> list[int]:
        """The other topics that it names."""
        echoes = [each.topic for each in (*self.joined, *self.questions)]
        return [*echoes, *(each.topic for each in self.earlier)]

    def to_json(self) -> dict[str, Any]:
        """As it is frozen."""
        facts = asdict(self)
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in facts.items()
        }

    def showing(self, posts: Collection[int], topics: Collection[int] | None = None) -> Dossier:
        """Only with the words and topics that are among these: others were hidden since."""
        shown: dict[str, Any] = {
            name: [each for each in getattr(self, name) if each.post in posts]
            for name in ("voices", "speak_for", "speak_against")
        }
        if topics is not None:
            for name in ("joined", "questions", "earlier"):
                shown[name] = [each for each in getattr(self, name) if each.topic in topics]
        return replace(self, **shown)

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> Dossier:
        """As it was frozen."""
        known = {name: facts[name] for name in cls.__dataclass_fields__ if name in facts}
        known |= {name: datetime.fromisoformat(facts[name]) for name in MOMENTS}
        for name, part in PARTS.items():
            known[name] = [part(**each) for each in facts.get(name, [])]
        return cls(**known)
