"""Ideas, their votes and timeline; the rules that raise them; review, decisions and telling."""

from .decisions import Decision, Ledger, Outcome, Telling
from .digests import Audience, DigestEntry, ReviewDigest
from .escalations import Escalation, EscalationRule
from .ideas import Idea, IdeaStatusChange
from .votes import Vote

__all__ = [
    "Audience",
    "Decision",
    "DigestEntry",
    "Escalation",
    "EscalationRule",
    "Idea",
    "IdeaStatusChange",
    "Ledger",
    "Outcome",
    "ReviewDigest",
    "Telling",
    "Vote",
]
