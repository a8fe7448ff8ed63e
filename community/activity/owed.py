"""What the sweep does here: reactions that a lost message or a killed worker left undone."""

from datetime import datetime

from community.core.owed import owed

from .actions import do_reaction
from .models import Reaction

BATCH = 500


@owed("activity.react")
def finish_reactions(at: datetime) -> int:
    """Do the reactions still owed, oldest first."""
    due = Reaction.objects.due(at).select_related("event").order_by("pk")[:BATCH]
    return sum(do_reaction(reaction, at=at) for reaction in due)
