"""What people said under the ideas of cases: most replied to, for and against, and in shops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, F, Min, OrderBy, Window
from django.db.models.functions import RowNumber

from community.core.text import excerpt
from forum.models import Post

from ..models import Stance
from .shape import Voice

SHOWN = 3
LENGTH = 280


def voices(ideas: Collection[int], at: datetime) -> dict[int, list[Voice]]:
    """Customers' comments that most people replied to, a few for each idea."""
    said = Post.objects.filter(topic__in=ideas, created_at__lte=at, voice=None)
    order: list[OrderBy | str] = [F("answer_count").desc(), "no"]
    rank = Window(RowNumber(), partition_by=F("topic"), order_by=order)
    ranked = said.published().replies().annotate(rank=rank).filter(rank__lte=SHOWN)
    found: dict[int, list[Voice]] = defaultdict(list)
    for post in ranked.select_related("author").order_by("topic", "rank"):
        found[post.topic_id].append(_voice(post))
    return found


def arguments(
    ideas: Collection[int], at: datetime
) -> dict[tuple[int, str], tuple[list[Voice], int]]:
    """By idea and side the most helpful comments that take it, and how many do."""
    taken = Post.objects.filter(stance__idea__in=ideas, created_at__lte=at).published()
    side = [F("stance__idea"), F("stance__side")]
    order: list[OrderBy | str] = [F("helpfulness").desc(), F("answer_count").desc(), "no"]
    ranked = taken.annotate(
        side=F("stance__side"),
        rank=Window(RowNumber(), partition_by=side, order_by=order),
        total=Window(Count("pk"), partition_by=side),
    ).filter(rank__lte=SHOWN)
    found: dict[tuple[int, str], tuple[list[Voice], int]] = {}
    for post in ranked.select_related("author").order_by("topic", "rank"):
        key = (post.topic_id, post.side)  # type: ignore[attr-defined]
        shown, _total = found.setdefault(key, ([], post.total))  # type: ignore[attr-defined]
        shown.append(_voice(post))
    return found


def stores(ideas: Collection[int], at: datetime) -> dict[int, list[str]]:
    """The shops whose staff spoke up under each idea, first the first."""
    by_staff = Post.objects.filter(topic__in=ideas, created_at__lte=at, is_decision=False)
    store = "author__employee_record__store"
    rows = by_staff.published().by_staff().filter(**{f"{store}__isnull": False}).order_by()
    named = rows.values_list("topic_id", f"{store}__name", f"{store}__state")
    found: dict[int, list[str]] = defaultdict(list)
    for idea, name, state, _first in named.annotate(first=Min("no")).order_by("topic_id", "first"):
        found[idea].append(f"{name}, {state}")
    return found


def _voice(post: Post) -> Voice:
    text, author = excerpt(post.text, LENGTH), post.author.name if post.author else ""
    return Voice(post.pk, post.no, post.answer_count, text, author, post.helpful_count)


FOR, AGAINST = Stance.Side.FOR, Stance.Side.AGAINST
