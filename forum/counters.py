"""The stored counts and facts of topics and posts, each counted again for `manage.py reconcile`."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from community.core.counters import Drift, counter

from .actions.helping import helpfulness
from .actions.holding import hold_topic
from .actions.tally import topic_facts
from .models import Helpful, MeToo, Post, Topic

RELATIVE = 1e-12


@counter("topic.posts")
def recount_posts(repair: bool) -> Iterator[Drift]:
    """Replies, last post, first staff answer and waiting, as the published posts have them."""
    for topic in Topic.objects.order_by("pk").iterator(chunk_size=500):
        wrong = _wrong_facts(topic)
        if wrong and repair:
            _mend(topic)
        for name, true in wrong.items():
            yield Drift(f"topic {topic.pk} {name}", getattr(topic, name), true)


def _wrong_facts(topic: Topic) -> dict[str, Any]:
    facts = topic_facts(topic)
    return {name: true for name, true in facts.items() if getattr(topic, name) != true}


@transaction.atomic
def _mend(topic: Topic) -> None:
    """Work the facts out once more while the topic's row is ours."""
    facts = topic_facts(hold_topic(topic))
    Topic.objects.filter(pk=topic.pk).update(**facts)


@counter("topic.highest_no")
def recount_numbers(repair: bool) -> Iterator[Drift]:
    """The last number given is never below the highest there is."""
    highest = Topic.objects.annotate(true=Max("posts__no"))
    yield from _compare(highest.filter(true__gt=F("highest_no")), "highest_no", repair=repair)


@counter("topic.me_too_count")
def recount_me_toos(repair: bool) -> Iterator[Drift]:
    """One for each member who has the question too."""
    true = _count_of(MeToo.objects.filter(topic=OuterRef("pk")), "topic")
    topics = Topic.objects.annotate(true=true).exclude(me_too_count=F("true"))
    yield from _compare(topics, "me_too_count", repair=repair)


@counter("post.answer_count")
def recount_answers(repair: bool) -> Iterator[Drift]:
    """One for each published post that replies to it."""
    true = _count_of(Post.objects.published().filter(reply_to=OuterRef("pk")), "reply_to")
    posts = Post.objects.filter(Q(answer_count__gt=0) | Q(answers__isnull=False)).distinct()
    wrong = posts.annotate(true=true).exclude(answer_count=F("true"))
    yield from _compare(wrong, "answer_count", repair=repair)


@counter("post.helpful_count")
def recount_helpful(repair: bool) -> Iterator[Drift]:
    """One for each member whom the post helped."""
    yield from _recount_words("helpful_count", True, repair=repair)


@counter("post.unhelpful_count")
def recount_unhelpful(repair: bool) -> Iterator[Drift]:
    """One for each member whom it did not help."""
    yield from _recount_words("unhelpful_count", False, repair=repair)


@counter("post.helpfulness")
def recount_helpfulness(repair: bool) -> Iterator[Drift]:
    """What the members' words make of it."""
    posts = Post.objects.filter(_is_spoken_of("helpfulness"))
    counted: QuerySet[Any, Any] = posts.annotate(
        yes=_words(is_helpful=True), no_=_words(is_helpful=False)
    )
    for post in counted.order_by("pk").iterator(chunk_size=1000):
        true = helpfulness(post.yes, post.no_)
        if isclose(post.helpfulness, true, rel_tol=RELATIVE, abs_tol=RELATIVE):
            continue
        if repair:
            Post.objects.filter(pk=post.pk).update(helpfulness=true)
        yield Drift(f"post {post.pk} helpfulness", post.helpfulness, true)


def _recount_words(name: str, is_helpful: bool, *, repair: bool) -> Iterator[Drift]:
    posts = Post.objects.filter(_is_spoken_of(name)).annotate(true=_words(is_helpful=is_helpful))
    yield from _compare(posts.exclude(**{name: F("true")}), name, repair=repair)


def _is_spoken_of(name: str) -> Q:
    """Posts that members have said something of, or that store as if they had."""
    return Q(**{f"{name}__gt": 0}) | Q(pk__in=Helpful.objects.order_by().values("post"))


def _words(*, is_helpful: bool) -> Coalesce:
    """How many members said so of the outer post."""
    return _count_of(Helpful.objects.filter(post=OuterRef("pk"), is_helpful=is_helpful), "post")


def _count_of(rows: QuerySet[Any], key: str) -> Coalesce:
    """How many of the rows belong to the outer one."""
    counted = rows.order_by().values(key).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def _compare(wrong: QuerySet[Any], name: str, *, repair: bool) -> Iterator[Drift]:
    """A drift for each of these rows, which have what is true annotated as `true`."""
    for row in list(wrong.order_by("pk")):
        stored = getattr(row, name)
        if repair:
            type(row).objects.filter(pk=row.pk, **{name: stored}).update(**{name: row.true})
        yield Drift(f"{row._meta.model_name} {row.pk} {name}", stored, row.true)
