"""What others look up by the name `idea`: events name ideas; watches and reports their topics."""

from __future__ import annotations

from django.db.models import QuerySet

from community.core import kinds
from community.people.readers import Reader

from .models import Idea


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
