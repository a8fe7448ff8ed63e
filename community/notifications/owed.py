"""What the sweep does here: send what no worker was woken for, and forget what old letters said."""

import time
from datetime import datetime, timedelta

from community.core.owed import owed

from .actions.sending import send_due
from .actions.stopping import stop_unwanted
from .models import Mail

SECONDS = 100  # of one sweep, so that the other jobs have their turn
KEPT = timedelta(days=30)
BATCH = 1000


@owed("notifications.send_mail")
def send_what_waits(at: datetime) -> int:
    """Send batches until nothing is due, or the time is up."""
    started, tried = time.monotonic(), 0
    while time.monotonic() - started < SECONDS and (batch := send_due(at)):
        tried += batch
    return tried


@owed("notifications.stop_unwanted")
def stop_what_nobody_wants(at: datetime) -> int:
    """Settle mail whose member has said no to its kind."""
    return stop_unwanted()


@owed("notifications.forget_letters")
def forget_letters(at: datetime) -> int:
    """Empty the words of mails that settled long ago; the row stays, so that none is owed twice."""
    old = Mail.objects.readable().filter(created_at__lt=at - KEPT)
    settled = old.exclude(state__in=[Mail.State.WAITING, Mail.State.FAILED]).order_by("created_at")
    return Mail.objects.filter(pk__in=settled.values("pk")[:BATCH]).update(text="", html="")
