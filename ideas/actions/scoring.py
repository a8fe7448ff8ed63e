"""Scoring a case: several people, each once, and nobody sees the others' before all have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.activity.actions import audit
from community.people.models import User

from ..models import Escalation, Score
from .calling import notice_review


class ScoresAreShown(Exception):
    """Everybody who was asked has scored, so a further view would not be independent."""


class CaseClosed(Exception):
    """The case is decided, or was taken back."""


@transaction.atomic
def ask_to_score(
    escalation: Escalation, people: Iterable[User], *, by: User, at: datetime | None = None
) -> list[User]:
    """Ask these people for their view; answer who had not been asked before.

    Raises ScoresAreShown or CaseClosed. That they may review is the caller's duty.
    """
    at = at or timezone.now()
    _hold(escalation)
    asked = set(escalation.scores.values_list("by_id", flat=True))
    if asked and not escalation.scores.filter(scored_at=None).exists():
        raise ScoresAreShown(escalation)
    new = [person for person in people if person.pk not in asked]
    Score.objects.bulk_create(
        Score(escalation=escalation, by=person, asked_at=at) for person in new
    )
    if not new:
        return []
    names = [person.name for person in new]
    audit("scores.asked", escalation, kind="escalation", by=by, after={"asked": names}, at=at)
    others = [person for person in new if person != by]
    key = f"score:{escalation.pk}"
    notice_review(
        others, "review.score_asked", kind="escalation", object_id=escalation.pk, key=key, at=at
    )
    return new


@transaction.atomic
def give_score(
    escalation: Escalation,
    *,
    by: User,
    impact: int,
    feasibility: int,
    at: datetime | None = None,
) -> bool:
    """Give the view that was asked for; answer whether it is the first. It cannot be changed.

    Raises CaseClosed. Values are from 1 to 5; others the database refuses.
    """
    at = at or timezone.now()
    _hold(escalation)
    waiting = Score.objects.filter(escalation=escalation, by=by, scored_at=None)
    if not waiting.update(impact=impact, feasibility=feasibility, scored_at=at):
        return False
    audit("score.given", escalation, kind="escalation", by=by, at=at)
    if not escalation.scores.filter(scored_at=None).exists():
        everyone = [score.by for score in escalation.scores.select_related("by")]
        key = f"scores:{escalation.pk}"
        notice_review(
            everyone, "review.scored", kind="escalation", object_id=escalation.pk, key=key, at=at
        )
    return True


@transaction.atomic
def excuse_from_scoring(
    escalation: Escalation, person_id: int, *, by: User, at: datetime | None = None
) -> bool:
    """Wait no longer for this person's view; answer whether it was waited for."""
    waiting = Score.objects.filter(escalation=escalation, by=person_id, scored_at=None)
    named = waiting.select_related("by").first()
    if named is None or not waiting.delete()[0]:
        return False
    excused = {"excused": named.by.name}
    audit("scores.excused", escalation, kind="escalation", by=by, after=excused, at=at)
    return True


def _hold(escalation: Escalation) -> None:
    """Take the open case's row until the commit, so that what is read after it stands still."""
    if not Escalation.objects.open().filter(pk=escalation.pk).update(cycle=F("cycle")):
        raise CaseClosed(escalation)
