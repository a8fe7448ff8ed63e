"""The search page: ideas and questions by their words, and where to say it first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from community.core.page_cache import cached_for_strangers
from community.core.wording import grouped_number
from community.people.readers import Reader, ReaderRequest
from community.search.finding import COUNTED_TO, Found, Hit, find_each
from community.search.highlighting import marked, snippet
from forum.search import questions_for
from forum.similar import rows_of as question_rows
from ideas.found import rows_of as idea_rows
from ideas.search import ideas_for

LONGEST = 200  # characters of words that are looked for
FIRST = 5  # of each kind, where both are shown
PAGE = 20
MOST = 100  # hits that are put in order
IDEAS, QUESTIONS = "ideas", "questions"


@dataclass(frozen=True)
class Section:
    """What was found of one kind, as the page shows it."""

    kind: str
    rows: Sequence[Any]
    count_words: str
    is_partial: bool
    more_url: str = ""


@require_safe
@cached_for_strangers
def search(request: ReaderRequest) -> HttpResponse:
    """What says the words: a few of each kind, or twenty a page of the kind in the address."""
    words = one_line(request.GET.get("q", ""))
    kind = request.GET.get("kind", "")
    kinds = [kind] if kind in (IDEAS, QUESTIONS) else [IDEAS, QUESTIONS]
    start = _start(request.GET.get("after", "")) if len(kinds) == 1 else 0
    found = _sections(words, kinds, start, request.user) if words else {}
    context = {
        "q": words,
        "kind": kinds[0] if len(kinds) == 1 else "",
        "ideas": found.get(IDEAS),
        "questions": found.get(QUESTIONS),
        "is_found": any(section.rows for section in found.values()),
        "tabs": _tabs(words, kinds),
        "next_url": found[kinds[0]].more_url if words and len(kinds) == 1 else "",
        "first_url": _address(words, kinds[0]) if start else "",
        "post_url": "/ideas/new/?" + urlencode({"title": words[:120]}),
        "ask_url": "/forum/ask/?" + urlencode({"title": words[:120]}),
    }
    return render(request, "search/search.html", context)


def one_line(text: str) -> str:
    """What was typed into an address as one printable line."""
    printable = "".join(char if char.isprintable() else " " for char in text[: 2 * LONGEST])
    return " ".join(printable.split())[:LONGEST]


def _sections(words: str, kinds: list[str], start: int, reader: Reader) -> dict[str, Section]:
    """What was found of each kind: its first rows beside the other's, or a page of it alone."""
    scopes = [ideas_for(reader) if kind == IDEAS else questions_for(reader) for kind in kinds]
    found = find_each(words, scopes, limit=MOST)
    size = PAGE if len(kinds) == 1 else FIRST
    return {
        kind: _section(kind, words, its, range(start, start + size), reader, len(kinds) == 1)
        for kind, its in zip(kinds, found, strict=True)
    }


def _section(
    kind: str, words: str, found: Found, places: range, reader: Reader, is_alone: bool
) -> Section:
    hits = found.hits[places.start : places.stop]
    rows = (idea_rows if kind == IDEAS else question_rows)([hit.pk for hit in hits], reader)
    return Section(
        kind,
        _with_marks(rows, {hit.pk: hit for hit in hits}),
        _count_words(kind, found),
        found.is_partial,
        _more_url(kind, words, found, places, alone=is_alone),
    )


def _with_marks(rows: Sequence[Any], hits: Mapping[int, Hit]) -> Sequence[Any]:
    """The rows with the words marked in them that were looked for."""
    for row in rows:
        hit = hits[row.pk]
        row.title, row.excerpt = marked(hit.title, hit.terms), snippet(hit.body, hit.terms)
    return rows


def _count_words(kind: str, found: Found) -> str:
    """How many there are, as its reader hears it."""
    count = found.count
    if count > COUNTED_TO:
        return _("More than 1,000 ideas") if kind == IDEAS else _("More than 1,000 questions")
    words = (
        ngettext("%(count)s idea", "%(count)s ideas", count)
        if kind == IDEAS
        else ngettext("%(count)s question", "%(count)s questions", count)
    )
    return words % {"count": grouped_number(count)}


def _more_url(kind: str, words: str, found: Found, places: range, *, alone: bool) -> str:
    """Where more of a kind stands; "" at the end of what is put in order."""
    if places.stop >= len(found.hits):
        return ""
    return _address(words, kind, places.stop if alone else 0)


def _address(words: str, kind: str = "", after: int = 0) -> str:
    query = {"q": words, "kind": kind, "after": str(after or "")}
    return "/search/?" + urlencode({name: value for name, value in query.items() if value})


def _start(after: str) -> int:
    """After how many hits the page begins; what is no page begins at the first."""
    is_number = after.isascii() and after.isdigit() and len(after) < 4
    return min(int(after) // PAGE * PAGE, MOST) if is_number else 0


def _tabs(words: str, kinds: list[str]) -> list[dict[str, object]]:
    """Everything, ideas only, questions only."""
    labels = [("", _("Everything")), (IDEAS, _("Ideas")), (QUESTIONS, _("Questions"))]
    here = kinds[0] if len(kinds) == 1 else ""
    return [
        {"url": _address(words, kind), "words": label, "is_here": kind == here}
        for kind, label in labels
    ]
