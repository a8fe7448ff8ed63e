"""Acts with their times, played in order, with the sweep at the end of each day in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from community.core.owed import sweep

Act = Callable[[datetime], object]
DAY = timedelta(days=1)


class Script:
    """What happens in the story, and when."""

    def __init__(self, *, begins: datetime, ends: datetime) -> None:
        self.begins = begins
        self.ends = ends
        self._acts: list[tuple[datetime, int, Act]] = []

    def at(self, time: datetime, act: Act) -> None:
        """Have something happen at a time; at the same time, in the order of telling."""
        self._acts.append((min(max(time, self.begins), self.ends), len(self._acts), act))

    def play(self) -> None:
        """Let it all happen. Owed work is done once a day, and at the end."""
        evening = self.begins + DAY
        for time, _order, act in sorted(self._acts, key=lambda timed: timed[:2]):
            while evening <= time:
                sweep(evening)
                evening += DAY
            act(time)
        sweep(self.ends)
