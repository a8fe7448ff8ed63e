"""Telling that a decision was taken back: whoever asked hears that it is looked at again.

This news has no ledger of its own. It goes out in batches, each a reaction of its own that owes the
next one in its transaction (`ideas.reactions`): so a killed worker leaves no batch half done, and
its successor goes on where it was. Notices and mails are unique by key besides.
"""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from community.core.wording import local_day
from community.notifications.actions import notify, owe_mails, wants_mail
from community.notifications.models import Category
from community.people.models import User

from ..models import Decision, IdeaStatusChange, Telling
from ..recipients import next_to_hear_again
from .superseding import overtaking


@transaction.atomic
def tell_again(decision: Decision, line: int, *, after: int, at: datetime) -> int:
    """Tell the next people after this member; answer the last of them, 0 where nobody is left.

    `line` is that of the timeline, with the reason and the day of the new answer. Nobody is told
    once there is a newer decision, which is news for the same people, or while the idea is hidden.
    """
    if overtaking(decision).exists() or decision.idea.topic.hidden_at is not None:
        return 0
    change = IdeaStatusChange.objects.get(pk=line)
    reasons = next_to_hear_again(decision, after=after, at=at)
    told = User.objects.filter(pk__in=reasons)
    people = [person for person in told if person.pk != change.by_id]
    key = f"reopening:{decision.pk}"
    notify(
        people,
        key=key,
        category=Category.DECISIONS,
        verb="decision.reopened",
        kind="idea",
        object_id=decision.idea_id,
        at=at,
    )
    wanted = wants_mail(reasons, Category.DECISIONS)
    for because in sorted(set(reasons.values())):
        owe_mails(
            [each for each in people if each.pk in wanted and reasons[each.pk] == because],
            key=key,
            category=Category.DECISIONS,
            template="ideas/mail/reopened",
            context=_letter_facts(decision, change, because),
            at=at,
        )
    return max(reasons, default=0)


def _letter_facts(decision: Decision, change: IdeaStatusChange, because: str) -> dict[str, object]:
    """What the letter tells of."""
    why = Telling.Because(because).label
    return {
        "title": decision.idea.topic.title,
        "reason": change.note,
        "byline": change.byline,
        "due": _due_day(change),
        "url": settings.SITE_URL + decision.idea.get_absolute_url(),
        "because": _("You get this because %(why)s.") % {"why": why},
    }


def _due_day(change: IdeaStatusChange) -> date:
    """By when a new answer is due."""
    return local_day(datetime.fromisoformat(str(change.data["due"])))
