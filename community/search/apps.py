"""Search: one index over what people wrote, on SQLite and on PostgreSQL, with the same answers."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "community.search"

    def ready(self) -> None:
        from . import counters, owed  # noqa: F401  register themselves
