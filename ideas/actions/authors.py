"""Writing an idea together: asking a member, their answer, and going separate ways."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.actions import record
from community.core.gates import Refused
from community.core.page_cache import forget_pages
from community.people.models import User

from ..models import CoAuthor, Idea

MOST = 5


@transaction.atomic
def invite_co_author(idea: Idea, *, member: User, by: User, at: datetime | None = None) -> bool:
    """Ask the member to write the idea too; answer whether they had not been asked before.

    Raises Refused, with a sentence, where they cannot be asked. That `by` may ask is the caller's
    duty. The idea's row is taken first, so that two at once do not ask one too many.
    """
    at = at or timezone.now()
    Idea.objects.filter(pk=idea.pk).update(status=F("status"))
    asked = CoAuthor.objects.filter(idea=idea)
    known = asked.filter(member=member).first()
    if known is not None:
        if known.declined_at is not None:
            raise Refused(_("%(name)s does not want to write this idea.") % {"name": member.name})
        return False
    if member.pk == idea.topic.author_id:
        raise Refused(_("This idea is theirs already."))
    if not idea.board.readers_among(User.objects.filter(pk=member.pk)).exists():
        raise Refused(_("%(name)s may not read this idea.") % {"name": member.name})
    if asked.filter(declined_at=None).count() >= MOST:
        raise Refused(_("Five co-authors at most, please."))
    row = CoAuthor.objects.create(idea=idea, member=member, invited_by=by, invited_at=at)
    record("co_author.asked", row, kind="co-author", by=by, at=at)
    return True


@transaction.atomic
def accept_invitation(idea: Idea, *, by: User, at: datetime | None = None) -> bool:
    """The member writes the idea too from now on; answer whether that is new."""
    at = at or timezone.now()
    if not CoAuthor.objects.invited().filter(idea=idea, member=by).update(accepted_at=at):
        return False
    row = CoAuthor.objects.get(idea=idea, member=by)
    record("co_author.accepted", row, kind="co-author", by=by, at=at)
    forget_pages()
    return True


@transaction.atomic
def decline_invitation(idea: Idea, *, by: User, at: datetime | None = None) -> bool:
    """The member does not want to, or not any more; answer whether that is new."""
    asked = CoAuthor.objects.filter(idea=idea, member=by, declined_at=None)
    if not asked.update(accepted_at=None, declined_at=at or timezone.now()):
        return False
    forget_pages()
    return True


@transaction.atomic
def remove_co_author(idea: Idea, *, member: User) -> bool:
    """The author writes it without them again; answer whether they had been asked.

    Who said no stays known, so that they are not asked twice.
    """
    asked = CoAuthor.objects.filter(idea=idea, member=member, declined_at=None)
    if not asked.delete()[0]:
        return False
    forget_pages()
    return True
