"""What every part of the load model needs: its size, chance, calendar, places and people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from community.people.models import Store
from community.voices.models import Voice
from forum.models import Board

from .prose import Prose
from .sizes import Size

YEARS = timedelta(days=3 * 365)
EAGER = 1.6  # how much more often the first members write and vote than the last
Progress = Callable[[str, int, int], None]


@dataclass
class World:
    """The load model while it is being written. Moments are whole seconds since 1970."""

    size: Size
    random: Random
    prose: Prose
    ends_at: datetime
    stores: Sequence[Store]
    boards: Sequence[Board]
    voice: Voice
    report: Progress
    first_member: int = 0
    first_employee: int = 0
    persons: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    reviewers: list[int] = field(default_factory=list)

    @property
    def ends(self) -> int:
        return int(self.ends_at.timestamp())

    @property
    def begins(self) -> int:
        return int((self.ends_at - YEARS).timestamp())

    def members_at(self, second: int) -> int:
        """How many members there are by then: half from the first day, the others one by one."""
        half = self.size.members // 2
        passed = (second - self.begins) / (self.ends - self.begins)
        return half + int((self.size.members - half) * min(1.0, max(0.0, passed)))

    def joined(self, number: int) -> int:
        """When the member of this number came."""
        half = self.size.members // 2
        if number < half:
            return self.begins
        share = (number - half + 1) / (self.size.members - half)
        return self.begins + int(share * (self.ends - self.begins))

    def somebody(self, second: int) -> int:
        """The number of a member who may have written then; the first ones write most."""
        return int(self.members_at(second) * self.random.random() ** EAGER)

    def staff(self) -> tuple[int, str]:
        """The key and byline of an employee who answers."""
        number = int(len(self.bylines) * self.random.random() ** EAGER)
        return self.first_employee + number, self.bylines[number]

    def boards_of(self, holds: str) -> list[Board]:
        """The public boards that hold ideas, or questions."""
        public = Board.Audience.PUBLIC
        return [each for each in self.boards if each.holds == holds and each.audience == public]
