"""The names the company speaks under."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "community.voices"
    label = "voices"
