"""What an idea's page shows of joins and of votes that do not count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.core.wording import grouped_number
from community.people.readers import Reader, is_member

from .models import Idea, IdeaStatusChange, Vote
from .models.ideas import IdeaQuerySet

Rows = TypeVar("Rows", bound=IdeaQuerySet)

VOICES_OF_ONE = ["accounts", "networks", "mail_domains"]  # what a rule may name


def with_removed(ideas: Rows) -> Rows:
    """Annotate `removed_count`, the idea's votes that count for nothing (None for none)."""
    idle = Vote.objects.filter(idea=OuterRef("pk"), counted_on=None).order_by()
    return ideas.annotate(
        removed_count=Subquery(idle.values("idea").annotate(n=Count("pk")).values("n"))
    )


def joined_ideas(idea: Idea, changes: Iterable[IdeaStatusChange], reader: Reader) -> Sequence[Idea]:
    """The ideas joined to this one that the reader may open, each with its `removed_count`.

    Asked only where the timeline says that something was joined.
    """
    if all(change.kind != IdeaStatusChange.Kind.JOINED for change in changes):
        return []
    rows = Idea.objects.visible_to(reader).filter(duplicate_of=idea).select_related("topic")
    return list(with_removed(rows).order_by("pk"))


def removed_words(idea: Idea, joined: Sequence[Idea]) -> str:
    """“1,284 votes, 6 removed as duplicates”; nothing where all count. Needs `with_removed`.

    Those of joined ideas are among them: who voted for both counts once. A rule of accounts,
    networks or mail domains takes out several voices of one; what went by its time alone is said to
    be taken out by the moderators.
    """
    removed = sum(getattr(each, "removed_count", None) or 0 for each in (idea, *joined))
    if not removed or idea.duplicate_of_id:
        return ""
    by_hand = _taken_out([idea, *joined])
    votes = ngettext("%(votes)s vote", "%(votes)s votes", idea.vote_count)
    words = _("%(votes)s, %(removed)s removed as duplicates")
    if by_hand:
        both = _("%(votes)s, %(removed)s removed as duplicates and %(by_hand)s by the moderators")
        words = both if by_hand < removed else _("%(votes)s, %(by_hand)s removed by the moderators")
    return words % {
        "votes": votes % {"votes": grouped_number(idea.vote_count)},
        "removed": grouped_number(removed - by_hand),
        "by_hand": grouped_number(by_hand),
    }


def _taken_out(ideas: Iterable[Idea]) -> int:
    """How many votes moderators took out of the count of these by their time alone."""
    here = Vote.objects.filter(idea__in=list(ideas), counted_on=None, invalidation__isnull=False)
    return here.exclude(invalidation__rule__has_any_keys=VOICES_OF_ONE).count()


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
