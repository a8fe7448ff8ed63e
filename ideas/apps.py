"""The idea exchange: votes, heat, escalation, review, decisions, and telling everyone who voted."""

from django.apps import AppConfig


class IdeasConfig(AppConfig):
    name = "ideas"

    def ready(self) -> None:
        from . import (  # noqa: F401  register themselves
            co_authors,
            copies,
            counters,
            counters_review,
            held,
            kinds,
            leading,
            owed,
            queue_kinds,
            reactions,
            review_kinds,
            search,
        )
