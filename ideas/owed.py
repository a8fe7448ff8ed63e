"""What the sweep does here, in the order a day brings it: back, raised, closed, reminded, told."""

from datetime import datetime

from community.core.owed import owed

from .actions.alarming import raise_alarms
from .actions.asking import remind_departments
from .actions.digesting import close_due
from .actions.promising import miss_due
from .actions.raising import raise_due, return_due
from .actions.reviewing import mark_overdue, remind_due, tell_executives
from .actions.scheduling import publish_due
from .actions.telling import tell_owed
from .actions.unraising import unraise_due
from .importing.runs import carry_on_all

owed("ideas.return")(return_due)
owed("ideas.unraise")(unraise_due)
owed("ideas.raise")(raise_due)
owed("ideas.publish")(publish_due)
owed("ideas.close_digests")(close_due)
owed("ideas.mark_overdue")(mark_overdue)
owed("ideas.remind")(remind_due)
owed("ideas.tell_executives")(tell_executives)
owed("ideas.remind_departments")(remind_departments)
owed("ideas.miss_promises")(miss_due)
owed("ideas.vote_alarms")(raise_alarms)
owed("ideas.import")(carry_on_all)


@owed("ideas.tell")
def tell(at: datetime) -> int:
    """Go on with what is being told, as long as one sweep may take."""
    return tell_owed(at)
