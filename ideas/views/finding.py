"""Finding the idea an address names, where its reader may open it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404

from community.core.kinds import BIGGEST_KEY
from community.people.prepared import prepared_for_anybody
from community.people.readers import Reader, is_member

from ..models import Idea
from ..models.ideas import IdeaQuerySet


class Finder:
    """Finds an idea with what one page shows of it; raises Http404 where the reader may not.

    What is public is asked first: most ideas are, and then nobody's rights need to be looked up.
    """

    def __init__(self, shown: Callable[[Reader], IdeaQuerySet]) -> None:
        self.shown = shown
        self.public = prepared_for_anybody(self._public)

    def __call__(self, reader: Reader, pk: int) -> Idea:
        if pk > BIGGEST_KEY:
            raise Http404("There is no such idea.")
        found = self.public.first(reader, pk)
        if found is None and is_member(reader):
            found = self.shown(reader).visible_to(reader).filter(pk=pk).first()
        if found is None:
            raise Http404("There is no such idea.")
        return found

    def _public(self, reader: Reader, pk: int) -> IdeaQuerySet:
        return self.shown(reader).public().filter(pk=pk)


find_idea = Finder(lambda reader: Idea.objects.select_related("topic", "board"))
find_for_vote = Finder(lambda reader: Idea.objects.for_vote_button(reader))
