"""What else says the same: joined ideas, questions that a case may end, decisions on ideas like it.

For one case the index of the search is asked. For a whole digest that would cost two searches a
case, so there the likeness is that of board, tags and titles, over the newest few hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet

from community.core.text import excerpt
from community.core.wording import local_day
from community.people.readers import Reader
from community.search.analysis import terms_of
from community.search.finding import similar
from forum.models import Topic, TopicTag
from forum.search import questions_for

from ..models import Decision, Escalation, IdeaJoin
from ..search import ideas_for
from ..statuses import Verdict
from .shape import Dossier, Echo, Precedent

LOOKED_AT = 400  # of the newest of each
HITS = 50
SHOWN = 3
ALIKE = 3  # a shared tag, or two shared words of the title
LONGEST_REASON = 280
PRECEDENT = (
    "verdict",
    "reason",
    "date",
    "published_at",
    "promise__state",
    "promise__closed_at",
    "escalation__returned_at",
    "idea__vote_count",
    "idea__topic__kind",
    "idea__topic__board",
    "idea__topic__title",
    "idea__topic__slug",
)
FITS = 0.35  # of what the search finds; below it is chance
SHORTEST = 4  # letters of a word that tells something
Thing = TypeVar("Thing", Topic, Decision)
Found = TypeVar("Found", Echo, Precedent)


@dataclass(frozen=True)
class Subject:
    """What a topic is about, as far as its head tells."""

    board: int
    tags: frozenset[int]
    words: frozenset[str]

    def likeness(self, other: Subject) -> int:
        """How much two have in common; below ALIKE it is chance."""
        shared = 3 * len(self.tags & other.tags) + 2 * len(self.words & other.words)
        return shared + (self.board == other.board) if shared else 0


def joined(ideas: Collection[int], at: datetime) -> dict[int, list[Echo]]:
    """The ideas that are joined with each, with the votes cast on them."""
    standing = IdeaJoin.objects.standing().filter(canonical__in=ideas, at__lte=at)
    found: dict[int, list[Echo]] = defaultdict(list)
    for join in standing.select_related("duplicate__topic").order_by("at", "pk"):
        other = join.duplicate
        echo = Echo(other.pk, other.topic.title, other.get_absolute_url(), other.vote_count)
        found[join.canonical_id].append(echo)
    return found


def by_likeness(
    cases: Sequence[Escalation], at: datetime
) -> tuple[dict[int, list[Echo]], dict[int, list[Precedent]]]:
    """By idea the questions and the decisions that are most like it, in three queries."""
    if not cases:
        return {}, {}
    questions = list(_questions(at).order_by("-last_post_at", "-pk")[:LOOKED_AT])
    decisions = list(_decisions(at).order_by("-published_at", "-pk")[:LOOKED_AT])
    topics = [case.idea.topic for case in cases]
    known = _subjects([*topics, *questions, *(each.idea.topic for each in decisions)])
    asked: dict[int, list[Echo]] = {}
    decided: dict[int, list[Precedent]] = {}
    for topic in topics:
        near = _nearest(known[topic.pk], ((known[each.pk], each) for each in questions))
        asked[topic.pk] = [_question(each) for each in near]
        others = ((known[each.idea_id], each) for each in decisions if each.idea_id != topic.pk)
        decided[topic.pk] = [_precedent(each) for each in _nearest(known[topic.pk], others)]
    return asked, decided


def by_search(dossier: Dossier, case: Escalation, *, reader: Reader, at: datetime) -> Dossier:
    """The case with what the search finds like it before what board and tags tell."""
    topic = case.idea.topic
    hits = similar(topic.title, topic.excerpt, scope=questions_for(reader), limit=SHOWN)
    asked = [hit.pk for hit in hits if hit.fit >= FITS]
    questions = _questions(at).in_bulk(asked)
    ideas = similar(
        topic.title, topic.excerpt, scope=ideas_for(reader), limit=HITS, without=[topic.pk]
    )
    like = [hit.pk for hit in ideas if hit.fit >= FITS]
    newest = {each.idea_id: each for each in _decisions(at).filter(idea__in=like).order_by("pk")}
    ends = [_question(questions[pk]) for pk in asked if pk in questions]
    earlier = [_precedent(newest[pk]) for pk in like if pk in newest]
    return replace(
        dossier,
        questions=_first([*ends, *dossier.questions]),
        earlier=_first([*earlier, *dossier.earlier]),
    )


def _first(found: Iterable[Found]) -> list[Found]:
    """The first few, each topic once."""
    once: dict[int, Found] = {}
    for each in found:
        once.setdefault(each.topic, each)
    return list(once.values())[:SHOWN]


def _questions(at: datetime) -> QuerySet[Topic]:
    rows = Topic.objects.public().questions().filter(created_at__lte=at)
    return rows.only("kind", "board", "title", "slug", "me_too_count")


def _decisions(at: datetime) -> QuerySet[Decision]:
    published = Decision.objects.published().filter(published_at__lte=at)
    rows = published.filter(idea__topic__hidden_at=None).exclude(verdict=Verdict.ANSWERED)
    return rows.select_related("idea__topic", "promise", "escalation").only(*PRECEDENT)


def _subjects(topics: Iterable[Topic]) -> dict[int, Subject]:
    heads = {topic.pk: topic for topic in topics}
    tags: dict[int, set[int]] = defaultdict(set)
    pairs = TopicTag.objects.filter(content_object__in=list(heads))
    for topic, tag in pairs.values_list("content_object", "tag"):
        tags[topic].add(tag)
    return {
        pk: Subject(topic.board_id, frozenset(tags[pk]), _words(topic.title))
        for pk, topic in heads.items()
    }


def _words(title: str) -> frozenset[str]:
    return frozenset(word for word in terms_of(title) if len(word) >= SHORTEST)


def _nearest(subject: Subject, others: Iterable[tuple[Subject, Thing]]) -> list[Thing]:
    scored = [(subject.likeness(other), thing) for other, thing in others]
    near = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [thing for _score, thing in near[:SHOWN]]


def _question(topic: Topic) -> Echo:
    return Echo(topic.pk, topic.title, topic.get_absolute_url(), topic.me_too_count)


def _precedent(decision: Decision) -> Precedent:
    published = decision.published_at
    return Precedent(
        topic=decision.idea_id,
        title=decision.idea.topic.title,
        url=decision.idea.get_absolute_url(),
        verdict=decision.verdict,
        reason=excerpt(decision.reason, LONGEST_REASON),
        decided_on=local_day(published).isoformat() if published else "",
        date=decision.date.isoformat() if decision.date else "",
        promise=decision.promise_state,
        votes=decision.idea.vote_count,
    )
