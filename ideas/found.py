"""Ideas that a search has found, as lists show them."""

from __future__ import annotations

from collections.abc import Sequence

from community.people.readers import Reader

from .cards import COLUMNS, IdeaRow, idea_rows
from .lists import boards_for
from .models import Idea


def rows_of(keys: Sequence[int], reader: Reader) -> list[IdeaRow]:
    """These ideas in this order; without what the reader may not find."""
    if not keys:
        return []
    boards = boards_for(reader)
    ideas = Idea.objects.filter(pk__in=keys, board_id__in=list(boards)).unhidden().listed()
    found = {row["pk"]: row for row in ideas.with_vote_of(reader).values(*COLUMNS)}
    return idea_rows([found[key] for key in keys if key in found], boards)
