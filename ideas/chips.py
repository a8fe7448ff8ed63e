"""What a list is narrowed to, in words, each with the address of the list without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from forum.models import Board

from .lists import Wanted
from .statuses import Status


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on."""

    words: str
    url: str


def chips(here: str, wanted: Wanted, boards: Mapping[int, Board]) -> list[Chip]:
    """Every filter of the list that is on; taking one away goes back to its first page."""
    names = {board.slug: board.name for board in boards.values()}
    labels = {status.value: str(status.label) for status in Status}
    on = {
        "q": f"“{wanted.q}”" if wanted.q else "",
        "board": names.get(wanted.board, ""),
        "status": labels.get(wanted.status, ""),
        "store": _("Store: %(words)s") % {"words": wanted.store} if wanted.store else "",
        "tag": _("Tag: %(words)s") % {"words": wanted.tag} if wanted.tag else "",
        "waiting": _("Team has not answered") if wanted.waiting else "",
        "mine": _("My ideas") if wanted.mine else "",
        "voted": _("I voted for") if wanted.voted else "",
    }
    return [
        Chip(words, here + wanted.query(**{name: type(getattr(wanted, name))()}))
        for name, words in on.items()
        if words
    ]
