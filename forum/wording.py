"""The forum's moments and states in the words a reader expects."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from .models import Topic


def took_words(asked_at: datetime, answered_at: datetime | None) -> str:
    """`after 14 minutes`: how long somebody waited, in one unit; nothing where nobody answered."""
    if answered_at is None:
        return ""
    if answered_at - asked_at < timedelta(minutes=1):
        return _("within a minute")
    return _("after %(time)s") % {"time": timesince(asked_at, answered_at, depth=1)}


def waits_words() -> str:
    """What the writer of a held text hears."""
    return _("Thank you. A moderator reads it first, then everybody can.")


class StateWords:
    """A question's state as a pill: its kind and its words, translated once for a page."""

    def __init__(self) -> None:
        self.solved = ("solved", _("Solved"))
        self.waiting = ("waiting", _("Waiting for an answer"))
        self.answered = ("answered", _("Answered by staff"))
        self.replied = ("replied", _("Has replies"))
        self.locked = ("locked", _("Locked"))

    def of(self, topic: Topic) -> tuple[str, str]:
        """The most telling state: solved before waiting, waiting before answered."""
        if topic.solved_at:
            return self.solved
        if topic.locked_at:
            return self.locked
        if topic.waiting_since:
            return self.waiting
        return self.answered if topic.staff_answered_at else self.replied
