"""What a topic stores about its posts: worked out from them, or carried on by one reply."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, Max, Min, Q, When
from django.db.models.functions import Coalesce, Least

from community.people.models import User

from ..copies import staff_answer_changed
from ..models import Post, Topic


def with_one_more(
    topic: Topic, *, by: User, as_staff: bool, at: datetime, is_decision: bool = False
) -> Mapping[str, Any]:
    """The same facts after one more public post, as expressions for the UPDATE that numbers it.

    An official answer to an idea is no comment on it, and is not counted.
    Who waits: after a post by somebody else nobody does; after one by the asker they do, since the
    first of theirs that nobody has answered, unless they have said what solved it.
    """
    facts: dict[str, Any] = {
        "reply_count": F("reply_count") + (0 if is_decision else 1),
        "last_post_at": at,
        "last_poster": by,
    }
    if as_staff:
        facts["staff_answered_at"] = Coalesce(Least("staff_answered_at", at), at)
    if by.pk != topic.author_id:
        facts["waiting_since"] = None
    elif topic.kind == Topic.Kind.QUESTION:
        unsolved = When(solved_at=None, then=Coalesce("waiting_since", at))
        facts["waiting_since"] = Case(unsolved, default=None)
    return facts


def tally_topic(topic: Topic) -> None:
    """Set the topic's count, last post, waiting and first staff answer from its published posts.

    Call while holding the topic's row (after an UPDATE of it in this transaction): the posts are
    read in a following statement, so that a post committed while we waited is seen.
    """
    facts = topic_facts(topic)
    Topic.objects.filter(pk=topic.pk).update(**facts)
    if topic.is_idea:
        staff_answer_changed(topic.pk)
    for name, value in facts.items():
        setattr(topic, name, value)


def topic_facts(topic: Topic) -> dict[str, Any]:
    """The stored facts of a topic as its posts have them, by field name."""
    posts = Post.objects.filter(topic=topic).published()
    by_others = Q(no__gt=1) & ~Q(author=topic.author_id)
    found = posts.aggregate(
        reply_count=Count("pk", filter=Q(no__gt=1, is_decision=False)),
        last_no=Max("no"),
        last_other_no=Max("no", filter=by_others),
        staff_answered_at=Min("created_at", filter=Q(no__gt=1, voice__isnull=False)),
    )
    last = posts.numbered(found["last_no"] or 0).first()
    return {
        "reply_count": found["reply_count"],
        "staff_answered_at": found["staff_answered_at"],
        "last_post_at": last.created_at if last else topic.created_at,
        "last_poster_id": last.author_id if last else topic.author_id,
        "waiting_since": _waiting_since(topic, found["last_other_no"] or 0),
    }


def _waiting_since(topic: Topic, last_other_no: int) -> datetime | None:
    """When the asker began to wait: their first post after the last one by somebody else.

    So a follow-up question puts the topic back on the unanswered list. None for ideas, and once the
    asker has said what solved it.
    """
    if topic.kind != Topic.Kind.QUESTION or topic.solved_at is not None:
        return None
    asked = Post.objects.filter(topic=topic, author=topic.author_id, no__gt=last_other_no)
    return asked.published().order_by("no").values_list("created_at", flat=True).first()
