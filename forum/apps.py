"""Boards, topics and posts: the one conversation engine."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "forum"

    def ready(self) -> None:
        from . import counters, held, kinds, reactions, search  # noqa: F401  register themselves
