"""What others look up by the name `idea`: events name ideas; watches and reports their topics."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from community.core import kinds
from community.notifications import phrases
from community.people.permissions import is_moderator
from community.people.readers import Reader

from .models import Idea, VoteInvalidation


def visible_ideas(reader: Reader) -> QuerySet[Idea]:
    """The ideas this reader may open, with their topics."""
    return Idea.objects.visible_to(reader).select_related("topic")


kinds.register(
    kinds.Kind(
        name="idea",
        visible_to=visible_ideas,
        title_of=lambda idea: str(idea.topic.title),
        url_of=lambda idea: str(idea.get_absolute_url()),
        author_of=lambda idea: idea.topic.author_id,
    )
)


def visible_invalidations(reader: Reader) -> QuerySet[VoteInvalidation]:
    """All acts that removed votes, for moderators."""
    made = VoteInvalidation.objects.select_related("idea__topic")
    return made if is_moderator(reader) else made.none()


kinds.register(
    kinds.Kind(
        name="votes",
        visible_to=visible_invalidations,
        title_of=lambda made: str(made.idea.topic.title) if made.idea else _("of all ideas"),
        url_of=lambda made: f"/ideas/votes/{made.pk}/restore/",
        author_of=lambda made: None,
    )
)
phrases.register(
    "idea.joined",
    lambda notice, title, actor: (
        _("“%s” was joined with an idea that says the same. Its votes count there.") % title
    ),
)
phrases.register(
    "idea.parted", lambda notice, title, actor: _("“%s” stands on its own again.") % title
)
