"""Deciding: a draft that only its writer sees, then one publication that changes all at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from community.activity.actions import audit, record
from community.core.page_cache import forget_pages
from community.core.wake import wake
from community.people.models import Store, User
from forum.actions import answer_officially, make_promise
from forum.models import Post

from ..models import Decision, Escalation, Idea, IdeaStatusChange, Telling
from ..statuses import MAKES_PROMISE, NEEDS_DATE, RETURNS, STATUS_AFTER, UNDER_REVIEW, Verdict
from ..verdict_words import headline
from .timeline import add_to_timeline


class AlreadyDecided(Exception):
    """The case is closed: another reviewer was first, or it has been taken back."""


@transaction.atomic
def draft_decision(
    escalation: Escalation,
    *,
    by: User,
    verdict: str,
    reason: str,
    date: date | None = None,
    stores: Iterable[Store] = (),
    at: datetime | None = None,
) -> Decision:
    """Keep what this reviewer would decide, in place of their earlier draft. Nobody else sees it.

    Raises AlreadyDecided where the case is closed.
    """
    if not Escalation.objects.open().filter(pk=escalation.pk).exists():
        raise AlreadyDecided(escalation)
    decision, _is_new = Decision.objects.update_or_create(
        escalation=escalation,
        by=by,
        published_at=None,
        defaults={
            "idea": escalation.idea,
            "verdict": verdict,
            "reason": reason,
            "date": date if verdict in NEEDS_DATE else None,
            "drafted_at": at or timezone.now(),
        },
    )
    decision.stores.set(stores if verdict == Verdict.PILOT else [])
    return decision


def public_text(decision: Decision) -> str:
    """The official answer as it will stand, in Markdown: the decision in a sentence, then why."""
    stores = [str(store) for store in decision.stores.all()]
    return f"**{headline(decision.verdict, decision.date, stores)}**\n\n{decision.reason}"


@transaction.atomic
def publish_decision(decision: Decision, *, by: User, at: datetime | None = None) -> Decision:
    """Make the draft the decision: answer, promise, status, timeline, telling; or nothing.

    The conditional UPDATE of the idea decides who is first: raises AlreadyDecided for everybody
    else, and where the idea has gone on to another cycle. Raises Refused where a gate says no.
    """
    at = at or timezone.now()
    idea, before = decision.idea, decision.idea.status
    _close_case(decision, at=at)
    post = answer_officially(idea.topic, text=public_text(decision), by=by, at=at)
    promise = None
    if decision.verdict in MAKES_PROMISE and decision.date:
        promise = make_promise(idea.topic, due_on=decision.date, by=by, at=at)
    unpublished = Decision.objects.filter(pk=decision.pk, published_at=None)
    if not unpublished.update(published_at=at, by=by, post=post, promise=promise):
        raise AlreadyDecided(decision)
    decision.refresh_from_db()
    idea.refresh_from_db()
    _write_timeline(decision, post, at=at)
    audit(
        "decision.published",
        decision,
        kind="decision",
        by=by,
        before={"status": before},
        after={
            "status": idea.status,
            "verdict": decision.verdict,
            "date": str(decision.date or ""),
        },
        reason=decision.reason,
        at=at,
    )
    record("decision.published", idea, kind="idea", by=by, at=at, decision=decision.pk)
    forget_pages()
    wake("ideas.tell", Telling.News.DECISION, decision.pk)
    return decision


def _close_case(decision: Decision, *, at: datetime) -> None:
    """Move the idea to what the decision says, and end every case of its cycle."""
    cycle = decision.escalation.cycle
    open_here = Idea.objects.filter(pk=decision.idea_id, cycle=cycle, status__in=UNDER_REVIEW)
    moved = open_here.update(
        status=STATUS_AFTER[Verdict(decision.verdict)],
        returns_on=decision.date if decision.verdict in RETURNS else None,
    )
    if not moved:
        raise AlreadyDecided(decision)
    Escalation.objects.open().filter(idea=decision.idea_id, cycle=cycle).update(
        state=Escalation.State.DECIDED, closed_at=at
    )


def _write_timeline(decision: Decision, post: Post, *, at: datetime) -> None:
    """Two lines: that the company answered, with the post, and what it decided."""
    day = decision.date.isoformat() if decision.date else None
    answered = {"no": post.no}
    decided = {"decision": decision.verdict, "date": day}
    kinds = IdeaStatusChange.Kind
    for kind, note, facts in (
        (kinds.ANSWERED, "", answered),
        (kinds.DECIDED, decision.reason, decided),
    ):
        add_to_timeline(
            decision.idea,
            kind,
            status=decision.idea.status,
            at=at,
            by=decision.by,
            byline=post.byline,
            note=note,
            **facts,
        )
