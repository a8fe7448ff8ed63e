"""The beat's tick."""

from celery import shared_task

from .owed import sweep


@shared_task(name="core.tick")
def tick() -> None:
    """Do everything that is owed now."""
    sweep()
