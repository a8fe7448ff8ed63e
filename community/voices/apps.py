"""The names the company speaks under."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "community.voices"
    label = "voices"

    def ready(self) -> None:
        from . import names  # noqa: F401  keeps members from calling themselves as a voice
