"""Somebody who joined an hour ago writes with three links: it waits in the moderators' queue."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from community.people.actions import join
from forum.actions import reply
from forum.models import Topic

from .script import Script

EMAIL = "bargains@example.com"
TEXT = """\
I had the same. Everything is cheaper here: https://best-offers.example/sound and
https://best-offers.example/cables, and with the code from https://coupons.example you save more.
"""


def play_newcomer(topics: dict[str, Topic], title: str, script: Script) -> None:
    """Have the newcomer answer this question shortly before the story ends."""
    script.at(script.ends - timedelta(minutes=50), partial(_write, topics, title))


def _write(topics: dict[str, Topic], title: str, at: datetime) -> None:
    joined = at - timedelta(hours=1)
    newcomer = join(EMAIL, username="bargains", display_name="Bargain Finder", at=joined)
    reply(topics[title], text=TEXT, by=newcomer, at=at)
