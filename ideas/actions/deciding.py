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

from ..models import Decision, Escalation, IdeaStatusChange, SignOff, Telling
from ..signatures import needs_sign_off, publishable, text_digest
from ..statuses import MAKES_PROMISE, NEEDS_DATE, Verdict
from ..verdict_words import headline
from .closing import AlreadyDecided as AlreadyDecided
from .closing import ForHeadOffice as ForHeadOffice
from .closing import close_case
from .timeline import add_to_timeline


class NotSignedOff(Exception):
    """It costs more than one person may decide, and nobody else has allowed it as it reads now."""


class DraftChanged(Exception):
    """The draft is not what was read any more: it was edited meanwhile."""


@transaction.atomic
def draft_decision(
    escalation: Escalation,
    *,
    by: User,
    verdict: str,
    reason: str,
    date: date | None = None,
    stores: Iterable[Store] = (),
    provenance: str = Decision.Provenance.ASKED,
    cost: int | None = None,
    at: datetime | None = None,
) -> Decision:
    """Keep what this reviewer would decide, in place of their earlier draft.

    Nobody else sees it before it is agreed. What was agreed, scheduled or sent to a second person
    as it read before is so no longer. Raises AlreadyDecided where the case is closed.
    """
    if not Escalation.objects.open().filter(pk=escalation.pk).exists():
        raise AlreadyDecided(escalation)
    mine = Decision.objects.filter(escalation=escalation, by=by, published_at=None)
    settled = mine.filter(agreed_at__isnull=False).first()
    decision, _is_new = Decision.objects.update_or_create(
        escalation=escalation,
        by=by,
        published_at=None,
        defaults={
            "idea": escalation.idea,
            "verdict": verdict,
            "reason": reason,
            "date": date if verdict in NEEDS_DATE else None,
            "provenance": provenance,
            "cost": cost,
            "drafted_at": at or timezone.now(),
            "agreed_at": None,
            "publish_at": None,
        },
    )
    decision.stores.set(stores if verdict == Verdict.PILOT else [])
    if settled is not None:
        _say_unsettled(settled, by=by, at=decision.drafted_at)
    waiting = SignOff.objects.filter(decision=decision, answer="")
    waiting.exclude(text_digest=text_digest(decision)).delete()
    return decision


def _say_unsettled(before: Decision, *, by: User, at: datetime) -> None:
    """Write into the trail what was agreed before, now that it is a draft again."""
    publish_at = before.publish_at.isoformat() if before.publish_at else ""
    was = {"verdict": before.verdict, "reason": before.reason, "publish_at": publish_at}
    audit("decision.unsettled", before, kind="decision", by=by, before=was, at=at)


def public_text(decision: Decision) -> str:
    """The official answer as it will stand, in Markdown: the decision in a sentence, then why."""
    stores = [str(store) for store in decision.stores.all()]
    return f"**{headline(decision.verdict, decision.date, stores)}**\n\n{decision.reason}"


@transaction.atomic
def publish_decision(decision: Decision, *, by: User, at: datetime | None = None) -> Decision:
    """Make the draft the decision: answer, promise, status, timeline, telling; or nothing.

    The conditional UPDATEs of idea and case decide who is first: raises AlreadyDecided for
    everybody else; ForHeadOffice where a department may only answer; NotSignedOff or DraftChanged
    where the draft may not go out as it was read; Refused where a gate says no.
    """
    at = at or timezone.now()
    idea, before = decision.idea, decision.idea.status
    close_case(decision, at=at)
    post = answer_officially(idea.topic, text=public_text(decision), by=by, at=at)
    promise = None
    if decision.verdict in MAKES_PROMISE and decision.date:
        promise = make_promise(idea.topic, due_on=decision.date, by=by, at=at)
    facts = {"published_at": at, "by": by, "post": post, "promise": promise}
    if not publishable(decision).update(publish_at=None, **facts):
        raise why_not(decision)
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
            "provenance": decision.provenance,
            "cost": decision.cost,
        },
        reason=decision.reason,
        at=at,
    )
    record("decision.published", idea, kind="idea", by=by, at=at, decision=decision.pk)
    forget_pages()
    wake("ideas.tell", Telling.News.DECISION, decision.pk)
    return decision


def why_not(decision: Decision) -> Exception:
    """Why a draft that was read could not go on."""
    found = Decision.objects.filter(pk=decision.pk, published_at=None).first()
    if found is None:
        return AlreadyDecided(decision)
    if found.drafted_at == decision.drafted_at and needs_sign_off(found):
        return NotSignedOff(decision)
    return DraftChanged(decision)


def _write_timeline(decision: Decision, post: Post, *, at: datetime) -> None:
    """Two lines: that the company answered, with the post, and what it decided, if it did."""
    day = decision.date.isoformat() if decision.date else None
    answered: dict[str, object] = {"no": post.no}
    decided: dict[str, object] = {"decision": decision.verdict, "date": day}
    kinds = IdeaStatusChange.Kind
    lines = [(kinds.ANSWERED, "", answered), (kinds.DECIDED, decision.reason, decided)]
    for kind, note, facts in lines[: 1 if decision.verdict == Verdict.ANSWERED else 2]:
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
