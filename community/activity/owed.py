"""What the sweep does here: reactions left undone, and the seals of the audit trail."""

import time
from datetime import datetime

from community.core.owed import owed

from .actions import do_reaction
from .models import Reaction
from .seals import BATCH as SEALS
from .seals import seal_entries

BATCH = 500
SECONDS = 60


@owed("activity.react")
def finish_reactions(at: datetime) -> int:
    """Do the reactions that a lost message or a killed worker left undone, oldest first.

    What these owe in turn is done too, as long as one sweep may take.
    """
    started, total, done = time.monotonic(), 0, 1
    while done and time.monotonic() - started < SECONDS:
        due = Reaction.objects.due(at).select_related("event").order_by("pk")[:BATCH]
        done = sum(do_reaction(reaction, at=at) for reaction in due)
        total += done
    return total


@owed("activity.seal")
def seal_trail(at: datetime) -> int:
    """Seal every entry that has no seal yet."""
    total = sealed = seal_entries()
    while sealed == SEALS:
        sealed = seal_entries()
        total += sealed
    return total
