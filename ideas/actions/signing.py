"""Second sign-off: another person allows a big decision as it reads, or returns it with a note."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from community.activity.actions import audit
from community.people.models import User
from community.people.permissions import APPROVERS

from ..models import Decision, Escalation, SignOff
from ..signatures import text_digest
from .calling import mail_review, notice_review, reviewers_of
from .deciding import AlreadyDecided, DraftChanged


class OwnDecision(Exception):
    """Nobody signs off what they wrote themselves."""


class ReturnedAsItIs(Exception):
    """Exactly this was returned with a note: something has to change first."""


@transaction.atomic
def ask_sign_off(decision: Decision, *, by: User, at: datetime | None = None) -> SignOff:
    """Ask for a second person's word on the draft as it reads now; asking twice asks once.

    Raises DraftChanged where it was edited meanwhile, AlreadyDecided where the case is closed, and
    ReturnedAsItIs where somebody has returned the same words.
    """
    at = at or timezone.now()
    _hold(decision)
    digest = text_digest(decision)
    same = SignOff.objects.filter(decision=decision, text_digest=digest)
    if same.filter(answer=SignOff.Answer.REFUSED).exists():
        raise ReturnedAsItIs(decision)
    known = same.first()
    if known is not None:
        return known
    asked = SignOff.objects.create(decision=decision, asked_by=by, asked_at=at, text_digest=digest)
    facts = {"verdict": decision.verdict, "cost": decision.cost}
    audit("sign_off.asked", decision, kind="decision", by=by, after=facts, at=at)
    _call_second_people(asked, decision, by=by, at=at)
    return asked


@transaction.atomic
def answer_sign_off(
    sign_off: SignOff, *, by: User, allows: bool, note: str = "", at: datetime | None = None
) -> bool:
    """Allow the decision or return it with a note; answer whether this is the first answer.

    Raises OwnDecision for its writer, and DraftChanged where what was asked about is not there any
    more: the draft's row is ours meanwhile, so nobody edits it under the pen.
    """
    at = at or timezone.now()
    decision = sign_off.decision
    if by.pk in (decision.by_id, sign_off.asked_by_id):
        raise OwnDecision(sign_off)
    _hold(decision)
    answer = SignOff.Answer.ALLOWED if allows else SignOff.Answer.REFUSED
    asked = SignOff.objects.filter(pk=sign_off.pk, answer="", text_digest=text_digest(decision))
    if not asked.update(answer=answer, by=by, at=at, note=note):
        if SignOff.objects.filter(pk=sign_off.pk).exclude(answer="").exists():
            return False
        raise DraftChanged(decision)
    sign_off.refresh_from_db()
    verb = "sign_off.allowed" if allows else "sign_off.returned"
    audit(verb, decision, kind="decision", by=by, after={"cost": decision.cost}, reason=note, at=at)
    _tell_writer(sign_off, decision, verb=f"review.{verb}", at=at)
    return True


def _hold(decision: Decision) -> None:
    """Take the draft's row until the commit, as it was read and while its case is open."""
    same = Decision.objects.filter(
        pk=decision.pk, published_at=None, drafted_at=decision.drafted_at
    )
    if not same.update(drafted_at=F("drafted_at")):
        gone = Decision.objects.filter(pk=decision.pk, published_at=None)
        raise DraftChanged(decision) if gone.exists() else AlreadyDecided(decision)
    if not Escalation.objects.open().filter(pk=decision.escalation_id).exists():
        raise AlreadyDecided(decision)


def second_people(decision: Decision, *, at: datetime) -> list[User]:
    """Who may be asked: the approvers, else the audience's other reviewers; never its writer."""
    at_work = Q(suspended_until=None) | Q(suspended_until__lte=at)
    approvers = User.objects.filter(at_work, is_active=True, groups__name=APPROVERS)
    others = approvers.exclude(pk=decision.by_id or 0).order_by("pk")
    audience = decision.escalation.rule.audience
    return list(others) or list(reviewers_of(audience, at=at).exclude(pk=decision.by_id or 0))


def _call_second_people(asked: SignOff, decision: Decision, *, by: User, at: datetime) -> None:
    people = second_people(decision, at=at)
    key = f"sign-off:{asked.pk}"
    notice_review(
        people, "review.sign_off_asked", kind="sign-off", object_id=asked.pk, key=key, at=at
    )
    context = {
        "title": decision.idea.topic.title,
        "decision": decision,
        "by": by.name,
        "url": settings.SITE_URL + asked.get_absolute_url(),
    }
    mail_review(people, key=key, template="review/mail/sign_off", context=context, at=at)


def _tell_writer(sign_off: SignOff, decision: Decision, *, verb: str, at: datetime) -> None:
    if decision.by is not None:
        key = f"signed:{sign_off.pk}"
        case = decision.escalation_id
        notice_review([decision.by], verb, kind="escalation", object_id=case, key=key, at=at)
