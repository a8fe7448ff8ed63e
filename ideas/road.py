"""What lies before an idea: with whom it is and until when, and the next rule in reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.translation import gettext as _

from community.core.prepared import prepared
from community.core.wording import day_words, local_day, unbroken

from .models import Escalation, EscalationRule, Idea
from .models.rules import NO_STORE
from .statuses import TAKES_VOTES
from .wording import Progress, progress

OPEN = [Escalation.State.WAITING, Escalation.State.TAKEN]
UNSETTLED = [*OPEN, Escalation.State.DECIDED]


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody owes the idea an answer: who, since when, until when, and whether they are late."""

    who: str
    words: str
    raised_at: datetime
    due_at: datetime
    is_late: bool


@dataclass(slots=True)
class Road:
    """What stands under “Progress”."""

    waits: list[Wait] = field(default_factory=list)
    progress: Progress | None = None


def road_of(idea: Idea) -> Road:
    """What lies before this idea (with its board's department), in one query."""
    if idea.status not in TAKES_VOTES:
        return Road()
    rules = _rules_with_cases(idea.pk, idea.board_id, idea.store_id or NO_STORE)
    waits = [_wait(rule) for rule in rules if rule.state in OPEN]
    ahead = [rule for rule in rules if rule.state is None]
    waits.sort(key=lambda wait: wait.due_at)
    return Road(waits, progress(idea, ahead))


@prepared
def _rules_with_cases(idea: int, board: int, store: int) -> QuerySet[Any]:
    """The rules that ask for this idea, each with its case that is not settled, if it has one.

    A rule has at most one: it raises nothing while one stands.
    """
    place = Idea(topic_id=idea, board_id=board, store_id=store)
    held = FilteredRelation(
        "escalations",
        condition=Q(
            escalations__idea=idea,
            escalations__returned_at=None,
            escalations__state__in=UNSETTLED,
        ),
    )
    asking = EscalationRule.objects.active().asking_for(place).values("pk")
    rules = EscalationRule.objects.annotate(
        held=held,
        state=F("held__state"),
        raised_at=F("held__raised_at"),
        due_at=F("held__due_at"),
        overdue_at=F("held__overdue_at"),
        department_name=F("held__department__name"),
        audience_name=F("audience__name"),
    )
    return rules.filter(Q(held__isnull=False) | Q(pk__in=asking))


def _wait(rule: Any) -> Wait:
    who = rule.department_name or rule.audience_name
    words = rule.words or _("With {who}, answer due by {date}")
    words = words.replace(" {date}", unbroken(" {date}"))
    day = unbroken(day_words(local_day(rule.due_at)))
    return Wait(
        who=who,
        words=words.replace("{who}", who).replace("{date}", day),
        raised_at=rule.raised_at,
        due_at=rule.due_at,
        is_late=rule.overdue_at is not None,
    )
