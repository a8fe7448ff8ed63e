"""What every app stands on: text, paging, limits, gates, slots, kinds, owed work, wake-up calls."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "community.core"
    label = "core"
