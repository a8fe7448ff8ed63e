"""Finding the idea an address names, where its reader may open it."""

from __future__ import annotations

from django.http import Http404

from community.core.kinds import BIGGEST_KEY
from community.people.readers import Reader, is_member

from ..models import Idea
from ..models.ideas import IdeaQuerySet


def find_idea(reader: Reader, pk: int, ideas: IdeaQuerySet | None = None) -> Idea:
    """The idea, of these ideas, where this reader may open it. Raises Http404.

    What is public is asked first: most ideas are, and then nobody's rights need to be looked up.
    """
    if pk > BIGGEST_KEY:
        raise Http404("There is no such idea.")
    rows = Idea.objects.select_related("topic", "board") if ideas is None else ideas
    found = rows.public().filter(pk=pk).first()
    if found is None and is_member(reader):
        found = rows.visible_to(reader).filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such idea.")
    return found
