"""The executive's two acts: a word to whoever has a case, and "I have read this"."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.activity.actions import audit
from community.people.models import User

from ..models import BriefLook, CaseWord, Escalation
from .calling import answerers_of, case_facts, mail_review, notice_review

SAME_WITHIN = timedelta(minutes=10)


@transaction.atomic
def say_word(case: Escalation, *, text: str, by: User, at: datetime | None = None) -> bool:
    """Say something to who has the case, or to all who could take it; answer whether it is new.

    The same words again within minutes change nothing, and of a closed case nobody is told. The
    case's row is taken first, so that of two clicks the second finds the first.
    """
    at = at or timezone.now()
    mine = Escalation.objects.open().filter(pk=case.pk)
    if not mine.update(cycle=case.cycle):
        return False
    same = CaseWord.objects.filter(escalation=case, by=by, text=text, at__gt=at - SAME_WITHIN)
    if same.exists():
        return False
    word = CaseWord.objects.create(escalation=case, by=by, text=text, at=at)
    people = [case.taken_by] if case.taken_by else answerers_of(case, at=at)
    people = [person for person in people if person != by]
    key = f"word:{word.pk}"
    notice_review(people, "review.word", kind="escalation", object_id=case.pk, key=key, at=at)
    context = case_facts(case) | {"words": text, "name": by.name}
    mail_review(people, key=key, template="review/mail/word", context=context, at=at)
    audit("escalation.word_said", case, kind="escalation", by=by, after={"words": text}, at=at)
    return True


def have_read(*, by: User, at: datetime) -> None:
    """Remember until when the brief has been read; never back to an earlier moment."""
    BriefLook.objects.get_or_create(reader=by, defaults={"at": at})
    BriefLook.objects.filter(reader=by, at__lt=at).update(at=at)
