"""What a suspended member may not do: write and vote, until the date they were told."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from community.core.gates import Verdict, gate
from community.core.wording import day_words, local_day
from community.people.models import User


class Act(Protocol):
    """What every act of a member says at a gate: who, and when (None is now)."""

    @property
    def by(self) -> User: ...

    @property
    def at(self) -> datetime | None: ...


def suspension_words(until: datetime) -> str:
    """What a suspended member reads."""
    return _("You cannot write or vote before %(day)s: a moderator suspended your account.") % {
        "day": day_words(local_day(until))
    }


@gate("post.publish")
@gate("vote.cast")
def refuse_suspended(act: Act) -> Verdict | None:
    """Nothing of a suspended member becomes public or counts."""
    until = act.by.suspended_until
    if until is None or not act.by.is_suspended(act.at):
        return None
    return Verdict.refuse(suspension_words(until))
