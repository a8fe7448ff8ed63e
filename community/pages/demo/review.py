"""The part of those who answer: cases taken, answered, decided, and promises kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from community.people.models import Store
from forum.models import Board
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.promising import keep_promise
from ideas.actions.reviewing import take as take_case
from ideas.models import Decision, Escalation, EscalationRule, Idea
from ideas.statuses import Verdict

from .cast import Cast


def ask_one_board(board: Board) -> None:
    """Departments are asked for the stores' ideas only: Northline tries it on one board first."""
    EscalationRule.objects.filter(asks_owner=True).update(board=board)


def explain(case: Escalation, text: str, cast: Cast, at: datetime) -> None:
    """The department's owner says how things stand."""
    owner = cast["owner"]
    draft = draft_decision(case, by=owner, verdict=Verdict.ANSWERED, reason=text, at=at)
    publish_decision(draft, by=owner, at=at)


def take(case: Escalation, cast: Cast, at: datetime) -> None:
    """The reviewer takes the case."""
    take_case(case, by=cast["reviewer"], at=at)


def decide(
    case: Escalation, told: dict[str, Any], cast: Cast, ends: datetime, at: datetime
) -> None:
    """The reviewer decides as the story tells; its dates are counted from the story's end.

    “Done” is decided as “do it”: the promise is kept later.
    """
    dated = "date_in" in told
    decision = draft_decision(
        case,
        by=cast["reviewer"],
        verdict="do_it" if told["fate"] == "done" else told["fate"],
        reason=told["reason"],
        date=(ends + timedelta(days=told["date_in"])).date() if dated else None,
        stores=Store.objects.filter(code__in=told.get("stores", [])),
        at=at,
    )
    publish_decision(decision, by=cast["reviewer"], at=at)


def keep(idea: Idea, note: str, cast: Cast, at: datetime) -> None:
    """The reviewer says that what was promised is done."""
    decision = Decision.objects.published().filter(idea=idea.pk).latest("published_at")
    keep_promise(decision, by=cast["reviewer"], note=note, at=at)
