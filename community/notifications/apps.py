"""Being told: watches, notices, and the mail outbox."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "community.notifications"
    label = "notifications"

    def ready(self) -> None:
        from . import owed  # noqa: F401  registers what the sweep does here
