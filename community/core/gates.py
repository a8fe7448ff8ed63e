"""Checks that an act passes before it becomes public: allow, warn, hold or refuse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

SEVERITY = ("allow", "warn", "hold", "refuse")


class Refused(Exception):
    """A gate said no, with a sentence for the person who tried."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Verdict:
    """What a gate answers; of several, the most severe counts."""

    kind: str = "allow"
    sentence: str = ""

    @classmethod
    def allow(cls) -> Verdict:
        return cls()

    @classmethod
    def warn(cls, sentence: str) -> Verdict:
        return cls("warn", sentence)

    @classmethod
    def hold(cls, sentence: str) -> Verdict:
        return cls("hold", sentence)

    @classmethod
    def refuse(cls, sentence: str) -> Verdict:
        return cls("refuse", sentence)

    @property
    def is_refused(self) -> bool:
        return self.kind == "refuse"

    @property
    def is_held(self) -> bool:
        return self.kind == "hold"

    @property
    def is_warning(self) -> bool:
        return self.kind == "warn"


Check = Callable[[Any], "Verdict | None"]
_gates: dict[str, list[Check]] = defaultdict(list)


def gate(name: str) -> Callable[[Check], Check]:
    """Register a check at the gate of this name; None means it has nothing to say."""

    def register(check: Check) -> Check:
        _gates[name].append(check)
        return check

    return register


def ask_gates(name: str, act: Any) -> Verdict:
    """Ask every check of the gate; answer the most severe verdict."""
    verdicts = [check(act) or Verdict.allow() for check in _gates[name]]
    return max(verdicts, key=lambda verdict: SEVERITY.index(verdict.kind), default=Verdict.allow())
