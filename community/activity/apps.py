"""Events, their reactions and the audit trail."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "community.activity"
    label = "activity"

    def ready(self) -> None:
        from . import owed  # noqa: F401  registers what the sweep does here
