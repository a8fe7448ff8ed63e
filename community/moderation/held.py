"""A stranger's report, gone on with once their code is back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from community.core.gates import Refused
from community.people.held import Outcome, resume
from community.people.models import HeldAct, User

from .actions import report
from .subjects import subject_of


@resume("moderation.report")
def report_after_all(act: HeldAct, user: User) -> Outcome:
    """Report the thing, if the member may see it."""
    typed = act.payload
    subject = subject_of(typed["kind"], typed["id"], user)
    if subject is None:
        raise Refused(_("This is no longer there to be reported."))
    report(subject, by=user, reason=typed["reason"], note=typed["note"])
    return Outcome(subject.url, _("Thank you. A moderator will look at it."))
