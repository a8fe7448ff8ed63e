"""The worker's side of the outbox."""

from celery import shared_task

from community.core.wake import wake

from .actions.sending import BATCH, send_due


@shared_task(name="notifications.send_mail")
def send_mail() -> None:
    """Send one batch; where more is due, ask for another turn, so that codes can come between."""
    if send_due(limit=BATCH) == BATCH:
        wake("notifications.send_mail")
