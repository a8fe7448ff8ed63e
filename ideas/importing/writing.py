"""A batch of ideas into the tables, in one transaction and a few statements.

It does what `actions.posting` does for one, save what an old text should not set off: no gate is
asked, nobody is told, no mention becomes a link, and no vote is cast. What the tables store about
one another is written as `reconcile` would count it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from taggit.models import Tag

from community.core.text import slug_of
from community.people.models import User
from forum.actions.holding import hold_topic
from forum.actions.tally import tally_topic
from forum.models import Post, Topic, TopicTag

from ..models import Idea, IdeaStatusChange, ImportedIdea
from ..search import refresh_ideas
from .authors import imported_authors
from .formats import plain_name
from .maps import UNSAID
from .rows import Brought, Said

TERMS = "imported"
TRIES = 3
Authors = Mapping[str, User]


@dataclass
class Written:
    """What a batch, or a whole file, has brought."""

    new_ideas: int = 0
    known_ideas: int = 0
    new_comments: int = 0

    def add(self, other: Written) -> None:
        """Count what another batch brought, too."""
        self.new_ideas += other.new_ideas
        self.known_ideas += other.known_ideas
        self.new_comments += other.new_comments


def write_batch(ideas: list[Brought], *, source: str, at: datetime) -> Written:
    """Write what is not there yet. Of two that write the same at once the second looks again."""
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _write(ideas, source=source, at=at)
        except IntegrityError:
            continue
    with transaction.atomic():
        return _write(ideas, source=source, at=at)


def _write(ideas: list[Brought], *, source: str, at: datetime) -> Written:
    keys = [idea.external_id for idea in ideas]
    rows = ImportedIdea.objects.filter(source=source, external_id__in=keys)
    known = {row.external_id: row for row in rows.select_related("idea__topic")}
    fresh = [idea for idea in ideas if idea.external_id not in known]
    grown = [idea for idea in ideas if idea.external_id in known]
    grown = [idea for idea in grown if len(idea.comments) > known[idea.external_id].comment_count]
    authors = imported_authors(source, _names([*fresh, *grown]), at=at)
    comments = sum(_add_comments(known[idea.external_id], idea, authors) for idea in grown)
    for idea in ideas:
        if idea.external_id in known:
            _raise_votes(known[idea.external_id].idea, idea.votes)
    comments += _write_fresh(fresh, authors, source=source, at=at)
    return Written(len(fresh), len(ideas) - len(fresh), comments)


def _names(ideas: Iterable[Brought]) -> set[str]:
    """Everybody who wrote, the openings and the comments."""
    names = {idea.author for idea in ideas}
    return names.union(said.author for idea in ideas for said in idea.comments)


def _write_fresh(ideas: list[Brought], authors: Authors, *, source: str, at: datetime) -> int:
    """New ideas with all that hangs on them; answer how many comments."""
    topics = Topic.objects.bulk_create(_topic(idea, authors) for idea in ideas)
    pairs = list(zip(topics, ideas, strict=True))
    Post.objects.bulk_create(
        [post for topic, idea in pairs for post in _posts(topic, idea, authors)], batch_size=200
    )
    made = Idea.objects.bulk_create(_idea(topic, idea) for topic, idea in pairs)
    IdeaStatusChange.objects.bulk_create(
        [
            line
            for (topic, idea), row in zip(pairs, made, strict=True)
            for line in _timeline(topic, idea, row, source=source, at=at)
        ]
    )
    _tag(pairs)
    ImportedIdea.objects.bulk_create(
        ImportedIdea(
            source=source,
            external_id=idea.external_id,
            idea=row,
            comment_count=len(idea.comments),
            at=at,
        )
        for idea, row in zip(ideas, made, strict=True)
    )
    refresh_ideas(*(row.pk for row in made))
    return sum(len(idea.comments) for idea in ideas)


def _topic(idea: Brought, authors: Authors) -> Topic:
    last = idea.comments[-1] if idea.comments else None
    author = authors.get(idea.author)
    return Topic(
        board=idea.board,
        kind=Topic.Kind.IDEA,
        title=idea.title,
        slug=slug_of(idea.title),
        excerpt=idea.excerpt,
        author=author,
        created_at=idea.at,
        highest_no=1 + len(idea.comments),
        reply_count=len(idea.comments),
        last_post_at=last.at if last else idea.at,
        last_poster=authors.get(last.author) if last else author,
    )


def _posts(topic: Topic, idea: Brought, authors: Authors) -> Iterable[Post]:
    opening = Said(idea.author, idea.at, idea.text, idea.html)
    for no, said in enumerate([opening, *idea.comments], start=1):
        yield _post(topic, no, said, authors)


def _post(topic: Topic, no: int, said: Said, authors: Authors) -> Post:
    return Post(
        topic=topic,
        no=no,
        author=authors.get(said.author),
        text=said.text,
        html=said.html,
        created_at=said.at,
    )


def _idea(topic: Topic, idea: Brought) -> Idea:
    return Idea(
        topic=topic,
        board=idea.board,
        status=idea.status,
        imported_votes=idea.votes,
        terms_version=TERMS,
        created_at=idea.at,
    )


def _timeline(
    topic: Topic, idea: Brought, row: Idea, *, source: str, at: datetime
) -> Iterable[IdeaStatusChange]:
    """When it was posted there, and that it was brought here with what the old site said of it."""
    kinds = IdeaStatusChange.Kind
    called = "" if plain_name(idea.called) in UNSAID else idea.called
    yield IdeaStatusChange(
        idea=row,
        kind=kinds.POSTED,
        status="open",
        at=idea.at,
        by=topic.author,
        byline=topic.author.name if topic.author else "",
    )
    yield IdeaStatusChange(
        idea=row,
        kind=kinds.IMPORTED,
        status=idea.status,
        at=at,
        note=idea.response,
        data={"source": source, "called": called, "votes": idea.votes},
    )


def _tag(pairs: list[tuple[Topic, Brought]]) -> None:
    """Give the topics their tags; one that differs by case alone is the one that is there."""
    names = {name.lower(): name for _topic, idea in pairs for name in idea.tags}
    known = {key: _tag_called(name) for key, name in names.items()}
    TopicTag.objects.bulk_create(
        TopicTag(content_object=topic, tag=known[name.lower()])
        for topic, idea in pairs
        for name in idea.tags
    )


def _tag_called(name: str) -> Tag:
    """Its `save` finds a slug that is free."""
    return Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name)


def _raise_votes(idea: Idea, votes: int) -> None:
    """A newer file may know of more votes there; fewer would be an older file."""
    Idea.objects.filter(pk=idea.pk, imported_votes__lt=votes).update(imported_votes=votes)


def _add_comments(row: ImportedIdea, idea: Brought, authors: Authors) -> int:
    """The comments that the last file did not have; answer how many.

    The topic's row is ours first, so that the numbers are free.
    """
    topic = hold_topic(row.idea.topic)
    there: Counter[tuple[int | None, str]] = Counter(
        Post.objects.filter(topic=topic, no__gt=1).values_list("author_id", "text")
    )
    new = []
    for said in idea.comments:
        author = authors.get(said.author)
        key = (author.pk if author else None, said.text)
        there[key] -= 1
        if there[key] < 0:
            new.append(said)
    highest = topic.highest_no
    Post.objects.bulk_create(
        _post(topic, no, said, authors) for no, said in enumerate(new, start=highest + 1)
    )
    Topic.objects.filter(pk=topic.pk).update(highest_no=highest + len(new))
    tally_topic(topic)
    ImportedIdea.objects.filter(pk=row.pk).update(comment_count=len(idea.comments))
    return len(new)
