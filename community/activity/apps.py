"""Events, their reactions and the audit trail."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "community.activity"
    label = "activity"

    def ready(self) -> None:
        from . import owed, seals  # noqa: F401  register themselves
