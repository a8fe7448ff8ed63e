"""Ideas, their votes and timeline; the rules that raise them; review, decisions and telling."""

from .authors import CoAuthor, Look, Stance
from .briefs import BriefLook, CaseWord
from .decisions import Decision, Ledger, Outcome, Telling
from .digests import Audience, DigestEntry, ReviewDigest
from .escalations import Escalation
from .ideas import Idea, IdeaStatusChange
from .imports import ImportedIdea, ImportRun
from .invalidations import VoteAlarm, VoteInvalidation
from .joins import DuplicateSuggestion, IdeaJoin
from .rules import EscalationRule, RuleBacklog
from .votes import Vote
from .work import CannedReason, DepartmentNote, Score, SignOff

__all__ = [
    "Audience",
    "BriefLook",
    "CannedReason",
    "CaseWord",
    "CoAuthor",
    "Decision",
    "DepartmentNote",
    "DigestEntry",
    "DuplicateSuggestion",
    "Escalation",
    "EscalationRule",
    "Idea",
    "IdeaJoin",
    "IdeaStatusChange",
    "ImportRun",
    "ImportedIdea",
    "Ledger",
    "Look",
    "Outcome",
    "ReviewDigest",
    "RuleBacklog",
    "Score",
    "SignOff",
    "Stance",
    "Telling",
    "Vote",
    "VoteAlarm",
    "VoteInvalidation",
]
