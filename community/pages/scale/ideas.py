"""Ideas of the load model with their votes, comments, tags and review."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum

from django.conf import settings
from taggit.models import Tag

from forum.models import Board, Topic, TopicTag
from ideas.heat import vote_weight
from ideas.models import EscalationRule, Idea, IdeaStatusChange, Stance, Vote
from ideas.statuses import Status

from .bulk import Row, Table
from .courses import Course, course, undecided
from .prose import html_of, text_of, with_questions
from .review import Review
from .shapes import between, long_tail, moment
from .talk import Said, Talk, link_replies, some_store
from .world import World

ASKS = 0.4  # ideas that answer the form's two questions
BY_STAFF = 0.06
TAKES_A_SIDE = 0.2
AGAINST = 0.25
MOST_TAGS = 3
MOST_REST = 200  # comments on the second idea
NEIGHBOURS = 12  # members who share a network
TOP_AGE = 0.9  # where among all ideas, in order of time, the one stands that everybody wants


@dataclass(slots=True)
class Wish:
    """One idea to be: its conversation, its course, who voted, and its tags."""

    talk: Talk
    course: Course
    voters: list[int]
    weights: list[float]
    tags: list[int]


class Ideas:
    """Makes an idea whenever it is asked for the next one."""

    def __init__(self, world: World, rules: Sequence[EscalationRule]) -> None:
        self.world = world
        self.rules = sorted(rules, key=lambda rule: rule.votes)
        self.boards = world.boards_of(Board.Holds.IDEAS)
        self.review = Review(world)
        self.ideas = Table(
            Idea,
            *("topic", "board", "store", "status", "vote_count", "heat"),
            *("answered_at", "terms_version", "created_at"),
        )
        self.votes = Table(Vote, "idea", "voter", "counted_on", "person", "weight", "at", "network")
        self.timeline = Table(
            IdeaStatusChange, "idea", "kind", "status", "at", "by", "byline", "note", "data"
        )
        self.topic_tags = Table(TopicTag, "content_object", "tag")
        self.stances = Table(Stance, "post", "idea", "side")
        self.tables = self.review.tables
        self.tags = [self._tag(name) for name in world.prose.tags]
        self.plan = self._plan()

    def make(self, key: int, at: int) -> Wish:
        """The next idea, posted at this second."""
        world, (votes, comments) = self.world, self.plan.pop()
        is_top = votes == world.size.most_votes
        if is_top:
            came = undecided(world, self.rules, at, votes, Status.RAISED)
        else:
            came = course(world, self.rules, at, votes)
        voters = self._voters(came.votes)
        author = world.first_member + voters[0]
        opening, words = self._opening(at, author)
        posts = [opening, *self._comments(came, at, comments)]
        talk = Talk(
            key=key,
            kind=Topic.Kind.IDEA,
            board=world.random.choice(self.boards),
            title=world.prose.title("idea"),
            words=words,
            posts=posts,
            store=some_store(world),
        )
        number = min(MOST_TAGS, int(world.random.random() * (MOST_TAGS + 1)))
        tags = {int(len(self.tags) * world.random.random() ** 2) for _ in range(number)}
        weights = [vote_weight(moment(second)) for second in came.votes]
        return Wish(talk, came, voters, weights, [self.tags[tag] for tag in sorted(tags)])

    def write(self, wishes: Sequence[Wish]) -> None:
        """Everything of these ideas but their topics and posts."""
        self.ideas.write(map(self._idea_row, wishes))
        self.votes.write(row for wish in wishes for row in self._vote_rows(wish))
        self.timeline.write(row for wish in wishes for row in self._posted(wish))
        self.topic_tags.write((wish.talk.key, tag) for wish in wishes for tag in wish.tags)
        self.stances.write(row for wish in wishes for row in self._stance_rows(wish))
        lines = self.review.write([(wish.talk, wish.course, wish.voters) for wish in wishes])
        self.timeline.write(lines)

    def _plan(self) -> list[tuple[int, int]]:
        """Votes and comments of every idea, the last one's first. Much wanted is much discussed."""
        size, random = self.world.size, self.world.random
        votes = long_tail(size.ideas, total=size.votes, most=size.most_votes, least=1)
        rest = size.comments - size.most_comments
        most = min(MOST_REST, max(2, rest // 12))
        comments = [size.most_comments, *long_tail(size.ideas - 1, total=rest, most=most)]
        by_talk = sorted(range(1, size.ideas), key=lambda n: n * (0.3 + random.random()))
        pairs = [(votes[n], comments[place]) for place, n in enumerate(by_talk, start=1)]
        random.shuffle(pairs)
        pairs.insert(int((1 - TOP_AGE) * size.ideas), (votes[0], comments[0]))
        return pairs

    def _voters(self, times: Sequence[int]) -> list[int]:
        """A member for each vote, everybody once, and nobody before they joined."""
        found: dict[int, None] = {}
        for second in times:
            number = self.world.somebody(second)
            while number in found:
                number = self.world.random.randrange(self.world.members_at(second))
            found[number] = None
        return list(found)

    def _opening(self, at: int, author: int) -> tuple[Said, list[str]]:
        random = self.world.random
        words = self.world.prose.paragraphs("idea", sentences=random.randint(2, 7))
        text, html = text_of(words), html_of(words)
        if len(words) > 1 and random.random() < ASKS:
            text, html = with_questions(words)
        return Said(at=at, by=author, text=text, html=html), words

    def _comments(self, came: Course, at: int, number: int) -> list[Said]:
        """The comments, and among them the company's answer."""
        random, latest = self.world.random, self.world.ends - 60
        times = (between(random, at, latest, early=2) for _ in range(number))
        said = [self._comment(second) for second in times]
        if came.decided_at is not None:
            said.append(self.review.answer(came))
        said.sort(key=lambda each: each.at)
        link_replies(self.world, [Said(at, 0, "", ""), *said])
        return said

    def _comment(self, at: int) -> Said:
        world = self.world
        words = world.prose.paragraphs("comment", sentences=world.random.randint(1, 4))
        by, byline = world.first_member + world.somebody(at), ""
        if world.random.random() < BY_STAFF:
            by, byline = world.staff()
        return Said(at=at, by=by, text=text_of(words), html=html_of(words), byline=byline)

    def _idea_row(self, wish: Wish) -> Row:
        talk = wish.talk
        return (
            *(talk.key, talk.board.pk, talk.store, wish.course.status.value),
            *(len(wish.voters), fsum(wish.weights)),
            *(talk.answered_at(), settings.TERMS_VERSION, moment(talk.posts[0].at)),
        )

    def _vote_rows(self, wish: Wish) -> Iterator[Row]:
        key, first, persons = wish.talk.key, self.world.first_member, self.world.persons
        for number, weight, at in zip(wish.voters, wish.weights, wish.course.votes, strict=True):
            yield key, first + number, key, persons[number], weight, moment(at), network(number)

    def _posted(self, wish: Wish) -> Iterator[Row]:
        opening = wish.talk.posts[0]
        kind, status = IdeaStatusChange.Kind.POSTED.value, Status.OPEN.value
        yield wish.talk.key, kind, status, moment(opening.at), opening.by, "", "", json.dumps({})

    def _stance_rows(self, wish: Wish) -> Iterator[Row]:
        """Some comments speak for the idea, or against it."""
        for key, said in zip(wish.talk.keys[1:], wish.talk.posts[1:], strict=True):
            chance = self.world.random.random() / TAKES_A_SIDE
            if chance < 1 and not said.byline:
                side = Stance.Side.AGAINST if chance < AGAINST else Stance.Side.FOR
                yield key, wish.talk.key, side.value

    def _tag(self, name: str) -> int:
        tag, _is_new = Tag.objects.get_or_create(slug=name, defaults={"name": name})
        return int(tag.pk)


def network(number: int) -> str:
    """The /24 that a member shares with some neighbours."""
    place = number // NEIGHBOURS
    return f"10.{place >> 8 & 255}.{place & 255}.0/24"
