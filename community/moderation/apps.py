"""Reports by members, the queue of their review, sanctions' acts, and the public log's pages."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "community.moderation"
    label = "moderation"

    def ready(self) -> None:
        from . import (  # noqa: F401  register themselves
            counters,
            gates,
            held,
            newcomers,
            phrases,
            reactions,
        )
