"""What an idea's page shows of joins and of votes that do not count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.core.wording import grouped_number
from community.people.readers import Reader, is_member

from .models import Idea, Vote
from .models.ideas import IdeaQuerySet

SHOWN = 20
Rows = TypeVar("Rows", bound=IdeaQuerySet)


def with_joins(ideas: Rows) -> Rows:
    """Annotate `joined_count`, and `removed_count`: votes that count for nothing; no query more.

    Those of ideas joined to it are among them: who voted for both counts once.
    """
    joined = Idea.objects.filter(duplicate_of=OuterRef("pk")).order_by().values("duplicate_of")
    family = Idea.objects.filter(
        Q(pk=OuterRef(OuterRef("pk"))) | Q(duplicate_of=OuterRef(OuterRef("pk")))
    )
    idle = Vote.objects.filter(counted_on=None, idea__in=family.values("pk")).order_by()
    removed = idle.values("counted_on").annotate(n=Count("pk")).values("n")
    return ideas.annotate(
        joined_count=Coalesce(Subquery(joined.annotate(n=Count("pk")).values("n")), 0),
        removed_count=Coalesce(Subquery(removed), 0),
    )


def removed_words(idea: Idea) -> str:
    """“1,284 votes, 6 removed as duplicates”; nothing where all count. Needs `with_joins`."""
    removed = int(getattr(idea, "removed_count", 0))
    if not removed:
        return ""
    votes = ngettext("%(votes)s vote", "%(votes)s votes", idea.vote_count)
    words = _("%(votes)s, %(removed)s removed as duplicates")
    counted = votes % {"votes": grouped_number(idea.vote_count)}
    return words % {"votes": counted, "removed": grouped_number(removed)}


def joined_ideas(idea: Idea, reader: Reader) -> Sequence[Idea]:
    """The ideas joined to this one that the reader may open; asked only where there are some."""
    if not getattr(idea, "joined_count", 0):
        return []
    rows = Idea.objects.visible_to(reader).filter(duplicate_of=idea).select_related("topic")
    return list(rows.order_by("pk")[:SHOWN])


def came_words(idea: Idea, number: str, reader: Reader) -> str:
    """What a reader is told whom the address of a joined idea led here; nothing for others."""
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return ""
    joined = Idea.objects.visible_to(reader).filter(pk=int(number), duplicate_of=idea.pk)
    found = joined.select_related("topic").first()
    if found is None:
        return ""
    title = {"title": found.topic.title}
    if is_member(reader) and Vote.objects.filter(idea=found, voter=reader).exists():
        return _("“%(title)s” was joined with this idea, and your vote came with you.") % title
    return _("“%(title)s” was joined with this idea. Its votes count here.") % title
