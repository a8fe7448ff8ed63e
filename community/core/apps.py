"""What every app stands on: text, paging, limits, gates, slots, kinds, owed work, wake-up calls."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "community.core"
    label = "core"

    def ready(self) -> None:
        from . import limits  # noqa: F401  registers what the sweep does here
