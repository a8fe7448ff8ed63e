"""What the sweep does here: forget what nobody came back for."""

from datetime import datetime, timedelta

from community.core.owed import owed

from .models import HeldAct

KEPT = timedelta(days=2)


@owed("people.forget_held_acts")
def forget_held_acts(at: datetime) -> int:
    """Delete held acts whose time ran out, with the address they were typed with."""
    return HeldAct.objects.expired(at - KEPT).delete()[0]
