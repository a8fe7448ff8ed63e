"""Gates: what is asked before something becomes public. After the commit is too late for these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeVar


class Severity(IntEnum):
    """How much a verdict stands in the way; of several verdicts the highest counts."""

    ALLOW = 0
    WARN = 1
    HOLD = 2
    REFUSE = 3


class Refused(Exception):
    """A gate said no, with a sentence for the person who tried."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Verdict:
    """What a gate answers, with a sentence for the person who acts."""

    severity: Severity = Severity.ALLOW
    sentence: str = ""

    @classmethod
    def allow(cls) -> Verdict:
        """Go on."""
        return cls()

    @classmethod
    def warn(cls, sentence: str) -> Verdict:
        """Go on, and tell the person this."""
        return cls(Severity.WARN, sentence)

    @classmethod
    def hold(cls, sentence: str = "") -> Verdict:
        """Keep it, but show it to nobody before somebody has looked at it."""
        return cls(Severity.HOLD, sentence)

    @classmethod
    def refuse(cls, sentence: str) -> Verdict:
        """Do not do it."""
        return cls(Severity.REFUSE, sentence)

    @property
    def is_warning(self) -> bool:
        return self.severity == Severity.WARN

    @property
    def is_held(self) -> bool:
        return self.severity == Severity.HOLD

    @property
    def is_refused(self) -> bool:
        return self.severity == Severity.REFUSE


Check = Callable[[Any], Verdict | None]
AnyCheck = TypeVar("AnyCheck", bound=Check)
_checks: dict[str, list[Check]] = defaultdict(list)


def gate(name: str) -> Callable[[AnyCheck], AnyCheck]:
    """Register a check at the gate of this name. It answers None when it has nothing to say."""

    def register(check: AnyCheck) -> AnyCheck:
        _checks[name].append(check)
        return check

    return register


def ask_gates(name: str, act: object) -> Verdict:
    """Ask every check at the gate; answer the most severe verdict, the first of equals.

    A check that breaks down breaks the act: nothing becomes public unchecked.
    """
    verdicts = [check(act) or Verdict.allow() for check in _checks[name]]
    return max(verdicts, key=lambda verdict: verdict.severity, default=Verdict.allow())
