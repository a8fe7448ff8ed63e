"""Conversations of the load model: the posts of a topic, and what the topic stores about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from community.core.text import slug_of
from forum.models import Board, Post, Topic

from .bulk import Row, Table
from .prose import card_of
from .shapes import moment
from .world import World

REPLIES = 0.1  # posts that answer an earlier one
HAS_STORE = 0.25
TOPIC = (
    *("id", "board", "kind", "title", "slug", "excerpt", "author", "store", "created_at"),
    *("highest_no", "reply_count", "me_too_count", "last_post_at", "last_poster"),
    *("waiting_since", "staff_answered_at", "solution", "solved_at"),
)
POST = (
    *("id", "topic", "no", "author", "text", "html", "voice", "byline"),
    *("is_decision", "reply_to", "answer_count", "created_at"),
)


@dataclass(slots=True)
class Said:
    """One post to be; `by` is a member's key, and a byline makes it staff's."""

    at: int
    by: int
    text: str
    html: str
    byline: str = ""
    is_decision: bool = False
    reply_to: int | None = None  # its place among the posts
    answers: int = 0


@dataclass(slots=True)
class Talk:
    """One topic to be, its opening first."""

    key: int
    kind: str
    board: Board
    title: str
    words: Sequence[str]
    posts: list[Said]
    store: int | None = None
    me_toos: Sequence[int] = ()
    solved_by: int | None = None  # the place of the post that solved it
    keys: range = field(default=range(0))

    def row(self) -> Row:
        """The topic, with the facts that `forum.actions.tally` keeps."""
        opening, last = self.posts[0], self.posts[-1]
        replies = sum(not said.is_decision for said in self.posts[1:])
        solution = None if self.solved_by is None else self.keys[self.solved_by]
        return (
            *(self.key, self.board.pk, self.kind, self.title, slug_of(self.title)),
            *(card_of(self.words), opening.by, self.store, moment(opening.at)),
            *(len(self.posts), replies, len(self.me_toos)),
            *(moment(last.at), last.by, self._waits_since(), self.answered_at(), solution),
            None if self.solved_by is None else moment(self.posts[self.solved_by].at + 600),
        )

    def post_rows(self, voice: int) -> Iterator[Row]:
        """Its posts, numbered from 1."""
        for no, (key, said) in enumerate(zip(self.keys, self.posts, strict=True), start=1):
            reply_to = None if said.reply_to is None else self.keys[said.reply_to]
            yield (
                *(key, self.key, no, said.by, said.text, said.html),
                *(voice if said.byline else None, said.byline, said.is_decision),
                *(reply_to, said.answers, moment(said.at)),
            )

    def _waits_since(self) -> datetime | None:
        if self.kind == Topic.Kind.IDEA or self.solved_by is not None:
            return None
        asker, first = self.posts[0].by, None
        for said in reversed(self.posts):
            if said.by != asker:
                break
            first = said.at
        return None if first is None else moment(first)

    def answered_at(self) -> datetime | None:
        """When staff answered first."""
        answered = [said.at for said in self.posts[1:] if said.byline]
        return moment(min(answered)) if answered else None


def link_replies(world: World, posts: Sequence[Said]) -> None:
    """Let some of the posts answer an earlier one, which is not the opening."""
    for place in range(2, len(posts)):
        if world.random.random() < REPLIES and not posts[place].is_decision:
            earlier = world.random.randrange(1, place)
            posts[place].reply_to = earlier
            posts[earlier].answers += 1


def some_store(world: World) -> int | None:
    """A quarter of the topics are about one store."""
    if world.random.random() >= HAS_STORE:
        return None
    return world.stores[int(len(world.stores) * world.random.random() ** 2)].pk


class Talks:
    """Writes topics with their posts."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.topics = Table(Topic, *TOPIC)
        self.posts = Table(Post, *POST)
        self.tables = [self.topics, self.posts]
        self.next_post = self.posts.next_key()

    def write(self, talks: Sequence[Talk]) -> None:
        """Give the posts their keys, and write all."""
        for talk in talks:
            talk.keys = range(self.next_post, self.next_post + len(talk.posts))
            self.next_post += len(talk.posts)
        voice = self.world.voice.pk
        self.topics.write(talk.row() for talk in talks)
        self.posts.write(row for talk in talks for row in talk.post_rows(voice))
