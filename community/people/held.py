"""What a stranger began, held until the code mailed to them comes back, then done once.

Apps above register how to go on: `@resume("ideas.vote")`. See docs/decisions/0006-one-door.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .actions.joining import confirm_address
from .codes import digest_of, is_same_digest, new_code
from .letters import post_letter
from .models import HeldAct, User

LETTER = "people/mail/code"
CODE_FIELDS = ("email", "code_digest", "tries", "expires_at")


@dataclass(frozen=True)
class Outcome:
    """Where an act led, and a sentence that says what became of it."""

    url: str
    sentence: str


class CodeRefused(Exception):
    """The code did not open the act: wrong, used, out of time, or tried too often."""


Resume = Callable[[HeldAct, User], Outcome]
_by_kind: dict[str, Resume] = {}


def resume(kind: str) -> Callable[[Resume], Resume]:
    """Register how acts of this kind go on once their person is known.

    It runs in the transaction that marks the act done, so it happens once. It may raise
    `core.gates.Refused`: then nothing is done, and the person reads why beside what they typed.
    """

    def register(go_on: Resume) -> Resume:
        _by_kind[kind] = go_on
        return go_on

    return register


@transaction.atomic
def hold(
    kind: str,
    *,
    payload: Mapping[str, Any],
    email: str,
    heading: str,
    button: str,
    at: datetime | None = None,
) -> HeldAct:
    """Keep the act and owe its code to the address, whether or not a member has it."""
    act = HeldAct(
        kind=kind,
        payload=dict(payload),
        email=email.strip().lower(),
        heading=heading[:200],
        button=button[:60],
    )
    _send_code(act, at=at or timezone.now())
    return act


@transaction.atomic
def renew(act: HeldAct, *, email: str = "", at: datetime | None = None) -> None:
    """Send a new code in place of the last one, with all tries and all the time again.

    Another address may be given where the first was mistyped; the old code is then worth nothing.
    """
    if HeldAct.objects.filter(pk=act.pk, done_at=None).update(code_digest=""):
        act.email = email.strip().lower() or act.email
        _send_code(act, at=at or timezone.now())


def confirm(act: HeldAct, code: str, *, at: datetime | None = None) -> tuple[User, bool]:
    """The member whom this code proves, and whether they are new. Raises CodeRefused.

    Each call costs a try, counted by a conditional UPDATE before the code is looked at, so that no
    storm of guesses gets more than its share. A code opens one act, once.
    """
    mine = HeldAct.objects.filter(pk=act.pk)
    tried = mine.waiting(at or timezone.now()).with_tries_left().update(tries=F("tries") + 1)
    act.refresh_from_db()
    digest = digest_of(code, token=act.token)
    if not tried or not is_same_digest(act.code_digest, digest):
        raise CodeRefused
    with transaction.atomic():
        if not mine.filter(code_digest=digest).update(code_digest=""):
            raise CodeRefused
        return confirm_address(act.email, at=at)


@transaction.atomic
def finish(act: HeldAct, *, by: User, at: datetime | None = None) -> Outcome:
    """Do the act, once, and answer where it led; a repeat answers the same and does nothing.

    The row is claimed by a conditional UPDATE first: a second tab waits for it, then reads it.
    """
    now = at or timezone.now()
    if HeldAct.objects.filter(pk=act.pk, done_at=None).update(done_at=now, done_by=by):
        outcome = _by_kind[act.kind](act, by)
        HeldAct.objects.filter(pk=act.pk).update(
            outcome_url=outcome.url, outcome_sentence=outcome.sentence
        )
    act.refresh_from_db()
    return Outcome(act.outcome_url, act.outcome_sentence)


def _send_code(act: HeldAct, *, at: datetime) -> None:
    """Give the act a fresh code and owe the letter that carries it."""
    code = new_code()
    act.code_digest = digest_of(code, token=act.token)
    act.tries = 0
    act.expires_at = at + timedelta(minutes=settings.HELD_ACT_MINUTES)
    act.save(update_fields=CODE_FIELDS if act.pk else None)
    link = f"{settings.SITE_URL}{act.get_absolute_url()}?code={code}"
    context = {"act": act, "code": code, "link": link, "minutes": settings.HELD_ACT_MINUTES}
    post_letter(act.email, key=f"code:{act.code_digest}", template=LETTER, context=context)
