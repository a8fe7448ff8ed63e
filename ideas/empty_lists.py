"""What a list of ideas says when it has none, and where its reader goes from there."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .lists import Wanted


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty list in words; `link` is what to do next."""

    title: str
    text: str
    link: str
    link_words: str
    icon: str = "pin"


def nothing_there(wanted: Wanted, *, is_end: bool) -> Nothing:
    """For a list that is empty from the start, or (`is_end`) from here on."""
    if is_end:
        back = reverse("ideas") + wanted.query()
        return Nothing(_("That was all"), _("The list ends here."), back, _("Back to the start"))
    alone = {
        Wanted(sort=wanted.sort, mine=True): _nothing_of_mine,
        Wanted(sort=wanted.sort, voted=True): _nothing_voted,
        Wanted(sort=wanted.sort, waiting=True): _nothing_waiting,
        Wanted(sort=wanted.sort): _nothing_at_all,
    }
    return alone[wanted]() if wanted in alone else _nothing_matches(wanted)


def post_url(wanted: Wanted) -> str:
    """Where an idea is posted, with what was looked for in vain."""
    known = {"title": wanted.q, "board": wanted.board, "store": wanted.store}
    query = urlencode({name: value for name, value in known.items() if value})
    return reverse("idea-new") + (f"?{query}" if query else "")


def _nothing_of_mine() -> Nothing:
    text = _("What would make it better here? It takes a minute, and you see what becomes of it.")
    new = reverse("idea-new")
    return Nothing(_("You have posted no idea yet"), text, new, _("Post an idea"), "pen")


def _nothing_voted() -> Nothing:
    text = _("Vote for what you want too. You hear once, when it is decided.")
    return Nothing(
        _("You have voted for nothing yet"), text, reverse("ideas"), _("See what others want")
    )


def _nothing_waiting() -> Nothing:
    text = _("Somebody of our team has said something to every open idea.")
    decided = reverse("ideas-decided")
    return Nothing(_("Nothing waits"), text, decided, _("See what was decided"), "check")


def _nothing_at_all() -> Nothing:
    text = _("What would make it better here? Say it first.")
    return Nothing(_("No ideas yet"), text, reverse("idea-new"), _("Post an idea"), "pen")


def _nothing_matches(wanted: Wanted) -> Nothing:
    text = _("Take a filter away above, or be the first to say it.")
    return Nothing(_("No ideas match"), text, post_url(wanted), _("Post it"), "search")
