"""The worker's side of the outbox."""

from celery import shared_task

from . import actions


@shared_task(name="activity.react")
def react(event_id: int) -> None:
    """Do what follows from one event."""
    actions.react(event_id)
