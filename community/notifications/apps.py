"""Being told: watches, notices, and the mail outbox."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "community.notifications"
    label = "notifications"

    def ready(self) -> None:
        from community.people.letters import carried_by

        from . import held, owed  # noqa: F401  register themselves
        from .actions import owe_mail

        carried_by(owe_mail)
