"""Sending what is owed: claim, send, then mark.

A mail settles in a transaction of its own, together with what follows from it. After a crash it may
go out once more, with the same Message-ID.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from community.core.claims import claim

from ..messages import message_of
from ..models import Mail
from ..outcomes import tell_settled
from ..refusals import is_bounce, is_hopeless, words_of

BATCH = 100
CLAIM = 5  # minutes that a killed worker's mail waits
BATCH_SECONDS = 120  # well below the claim, so that no mail of a slow batch is sent twice
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]
MAX_ATTEMPTS = len(BACK_OFF) + 1
logger = logging.getLogger(__name__)


def send_due(at: datetime | None = None, *, limit: int = BATCH) -> int:
    """Send what is due, codes first, over one connection; answer how many mails were tried.

    Where the mail server cannot be reached, nothing is tried, and no mail loses an attempt.
    """
    at = at or timezone.now()
    if settings.MAIL_PAUSED or not Mail.objects.due(at).exists():
        return 0
    line = get_connection()
    tried = 0
    try:
        line.open()
        for mail in _claimed(at, limit):
            tried += 1
            _deliver(mail, line, at)
    except OSError as fault:  # SMTPException is one too
        logger.warning("the mail server cannot be used: %s", type(fault).__name__)
    finally:
        line.close()
    return tried


def retry_mail(mail: Mail, *, at: datetime | None = None) -> bool:
    """Try a mail again that was given up; answer whether it was."""
    given_up = Mail.objects.given_up().readable().filter(pk=mail.pk)
    again = {"state": Mail.State.WAITING, "attempts": 0, "next_at": at or timezone.now()}
    return bool(given_up.update(**again))


def release_failed(*, at: datetime | None = None) -> int:
    """Try all mail again that was given up; answer how many."""
    return sum(retry_mail(mail, at=at) for mail in Mail.objects.given_up().defer("text", "html"))


def _claimed(at: datetime, limit: int) -> Iterator[Mail]:
    """Due mails that became ours, one at a time."""
    started = time.monotonic()
    due = Mail.objects.due(at)
    for queue in (due.codes(), due.news().wanted()):
        for mail in claim(queue, minutes=CLAIM, limit=limit, at=at):
            yield mail
            limit -= 1
            if limit <= 0 or time.monotonic() - started > BATCH_SECONDS:
                return


def _deliver(mail: Mail, line: BaseEmailBackend, at: datetime) -> None:
    """Send one mail and mark what became of it. No fault of one mail reaches the next.

    Raises OSError where the line broke and no other can be had.
    """
    if mail.attempts > MAX_ATTEMPTS:
        _settle(mail, Mail.State.FAILED, at=at, error="Its worker was killed each time.")
        return
    try:
        message_of(mail, line).send()
    except Exception as fault:
        _note_fault(mail, fault, at=at)
        _mend(line, fault)
    else:
        _settle(mail, Mail.State.SENT, at=at)


def _note_fault(mail: Mail, fault: Exception, *, at: datetime) -> None:
    """Bounced, given up, or tried again later."""
    error = words_of(fault)
    logger.warning("mail %d was not sent: %s", mail.pk, error)
    if is_bounce(fault):
        _settle(mail, Mail.State.BOUNCED, at=at, error=error)
    elif is_hopeless(fault) or mail.attempts >= MAX_ATTEMPTS:
        _settle(mail, Mail.State.FAILED, at=at, error=error)
    else:
        Mail.objects.waiting().filter(pk=mail.pk).update(
            next_at=at + BACK_OFF[mail.attempts - 1], claimed_until=None, last_error=error
        )


def _mend(line: BaseEmailBackend, fault: Exception) -> None:
    """A fresh connection for the next mail, unless only the recipient was refused."""
    if not isinstance(fault, SMTPRecipientsRefused | ValueError):
        line.close()
        line.open()


def _settle(mail: Mail, state: str, *, at: datetime, error: str = "") -> None:
    """Mark the mail, together with what apps above do about it; without them where they break."""
    try:
        _mark(mail, state, at=at, error=error, is_told=True)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("what follows from mail %d failed", mail.pk)
        _mark(mail, state, at=at, error=error, is_told=False)


@transaction.atomic
def _mark(mail: Mail, state: str, *, at: datetime, error: str, is_told: bool) -> None:
    sent_at = at if state == Mail.State.SENT else None
    changed = (
        Mail.objects.waiting()
        .filter(pk=mail.pk)
        .update(state=state, sent_at=sent_at, claimed_until=None, last_error=error)
    )
    mail.state, mail.sent_at = state, sent_at
    if changed and is_told:
        tell_settled([mail])
