"""The statuses of an idea, what each allows, and the decisions that lead there. Slugs stay put."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where an idea stands, in words a customer reads."""

    OPEN = "open", _("Open")
    RAISED = "raised", _("Answer due")
    IN_REVIEW = "in-review", _("In review")
    PLANNED = "planned", _("We will do it")
    PILOT = "pilot", _("Trying it out")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Said no")
    EXISTS = "exists", _("Already there")
    DUPLICATE = "duplicate", _("Joined with another")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Verdict(models.TextChoices):
    """What a reviewer decides."""

    DO_IT = "do_it", _("Do it")
    PILOT = "pilot", _("Try it in some stores")
    EXISTS = "exists", _("It already exists")
    DECLINE = "decline", _("Say no")
    NEEDS_MORE = "needs_more", _("Needs more")
    NOT_NOW = "not_now", _("Not now")
    ANSWERED = "answered", _("Answer, without deciding")


QUESTIONS = (_("What happens today?"), _("What would be better?"))

TAKES_VOTES = (Status.OPEN, Status.RAISED, Status.IN_REVIEW)
TAKES_COMMENTS = tuple(
    status for status in Status if status not in (Status.DUPLICATE, Status.WITHDRAWN)
)
LISTED = TAKES_COMMENTS
DECIDED = (Status.PLANNED, Status.PILOT, Status.DONE, Status.DECLINED, Status.EXISTS)
REOPENS = (Status.PLANNED, Status.PILOT, Status.DECLINED, Status.EXISTS)
UNDER_REVIEW = (Status.RAISED, Status.IN_REVIEW)

STATUS_AFTER = {
    Verdict.DO_IT: Status.PLANNED,
    Verdict.PILOT: Status.PILOT,
    Verdict.EXISTS: Status.EXISTS,
    Verdict.DECLINE: Status.DECLINED,
    Verdict.NEEDS_MORE: Status.OPEN,
    Verdict.NOT_NOW: Status.OPEN,
    Verdict.ANSWERED: Status.OPEN,
}
NEEDS_DATE = (Verdict.DO_IT, Verdict.PILOT, Verdict.NEEDS_MORE, Verdict.NOT_NOW)
MAKES_PROMISE = (Verdict.DO_IT, Verdict.PILOT)
RETURNS = (Verdict.NEEDS_MORE, Verdict.NOT_NOW)
ENDS_VOTING = (Verdict.DO_IT, Verdict.PILOT, Verdict.EXISTS, Verdict.DECLINE)
