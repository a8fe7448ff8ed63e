"""What becomes of an idea in the load model: when its votes come, and how its review ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ideas.models import EscalationRule
from ideas.statuses import Status

from .shapes import between
from .world import World

DAY = 86_400
EARLY = (1.0, 1.6, 2.4)  # slow burners, and those that everybody sees in their first week
LONGEST_RISE = 400  # days until a rule is crossed
QUICKEST, SLOWEST = 4, 28  # days from there to the decision
FATES = (
    *((Status.RAISED, 3), (Status.IN_REVIEW, 3), (Status.PLANNED, 30), (Status.PILOT, 8)),
    *((Status.DONE, 24), (Status.DECLINED, 22), (Status.EXISTS, 10)),
)
UNDECIDED = (Status.OPEN, Status.RAISED, Status.IN_REVIEW)


@dataclass(slots=True)
class Course:
    """The seconds of an idea's votes in order, the rules they crossed, and what came of that."""

    status: Status
    votes: list[int]
    crossed: Sequence[EscalationRule] = field(default=())
    taken_at: int | None = None
    decided_at: int | None = None
    kept_at: int | None = None

    def crossing(self, rule: EscalationRule) -> int:
        """When the vote came that reached the rule."""
        return self.votes[rule.votes - 1]


def course(world: World, rules: Sequence[EscalationRule], begins: int, votes: int) -> Course:
    """The course of an idea with so many votes, the author's own at its beginning."""
    crossed = [rule for rule in rules if rule.votes <= votes]
    if not crossed:
        early = world.random.choice(EARLY)
        others = (between(world.random, begins, world.ends, early=early) for _ in range(votes - 1))
        return Course(Status.OPEN, [begins, *sorted(others)])
    return _crossing(world, crossed, begins, votes)


def undecided(
    world: World, rules: Sequence[EscalationRule], begins: int, votes: int, status: Status
) -> Course:
    """One that was raised not long ago, and waits for its answer."""
    crossed = [rule for rule in rules if rule.votes <= votes]
    if not crossed:
        return course(world, rules, begins, votes)
    latest = int(1.2 * crossed[-1].days * DAY)
    rises = max(begins, world.ends - world.random.randint(3600, latest))
    times = _votes(world, begins, rises, world.ends - 60, crossed[0].votes, votes)
    taken_at = None
    if status == Status.IN_REVIEW:
        taken_at = between(world.random, times[crossed[-1].votes - 1], world.ends)
    return Course(status, times, crossed, taken_at=taken_at)


def _crossing(world: World, crossed: Sequence[EscalationRule], begins: int, votes: int) -> Course:
    """One that crossed a rule: still under review, or decided some weeks later."""
    names, weights = zip(*FATES, strict=True)
    status = world.random.choices(names, weights)[0]
    rises = begins + world.random.randint(DAY, LONGEST_RISE * DAY)
    decided_at = rises + world.random.randint(QUICKEST * DAY, SLOWEST * DAY)
    if status in UNDECIDED or decided_at > world.ends - DAY:
        still = status if status in UNDECIDED else Status.RAISED
        return undecided(world, crossed, begins, votes, still)
    times = _votes(world, begins, rises, decided_at - DAY, crossed[0].votes, votes)
    kept_at = None
    if status == Status.DONE:
        kept_at = between(world.random, decided_at + DAY, world.ends)
    return Course(
        status,
        times,
        crossed,
        taken_at=decided_at - DAY // 2,
        decided_at=decided_at,
        kept_at=kept_at,
    )


def _votes(
    world: World, begins: int, rises: int, closes: int, needed: int, votes: int
) -> list[int]:
    """So many seconds in order: the needed one as the idea rises, the others around it."""
    random = world.random
    before = (between(random, begins, rises) for _ in range(needed - 2))
    after = (between(random, rises, closes, early=1.5) for _ in range(votes - needed))
    if needed == 1:
        return [begins, *sorted(after)]
    return [begins, *sorted(before), rises, *sorted(after)]
