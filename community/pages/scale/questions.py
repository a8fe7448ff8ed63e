"""Questions of the load model, with their answers, and who has them too."""

from __future__ import annotations

from forum.models import Board, MeToo, Topic

from .bulk import Table
from .prose import html_of, text_of
from .shapes import between, long_tail, moment
from .talk import Said, Talk, link_replies
from .world import World

DAY = 86_400
BY_STAFF = 0.4
BY_ASKER = 0.15
SOLVED = 0.45
SHARED = 0.15
MOST_SHARED = 12


class Questions:
    """Makes a question whenever it is asked for the next one."""

    def __init__(self, world: World) -> None:
        size = world.size
        replies = size.posts - size.questions - (size.longest_question - 1)
        others = size.questions - 1
        tail = long_tail(others, total=replies, most=min(60, max(2, replies // 12)))
        self.world = world
        self.boards = world.boards_of(Board.Holds.QUESTIONS)
        self.lengths = [size.longest_question - 1, *tail]
        world.random.shuffle(self.lengths)
        self.me_toos = Table(MeToo, "topic", "member", "at")

    def make(self, key: int, at: int) -> Talk:
        """The next question, asked at this second."""
        world, random = self.world, self.world.random
        asker = world.first_member + world.somebody(at)
        words = world.prose.paragraphs("question", sentences=random.randint(1, 4))
        opening = Said(at=at, by=asker, text=text_of(words), html=html_of(words))
        latest = min(world.ends - 60, at + 40 * DAY)
        times = sorted(between(random, at, latest, early=4) for _ in range(self.lengths.pop()))
        posts = [opening, *(self._answer(second, asker) for second in times)]
        link_replies(world, posts)
        return Talk(
            key=key,
            kind=Topic.Kind.QUESTION,
            board=random.choice(self.boards),
            title=world.prose.title("question"),
            words=words,
            posts=posts,
            me_toos=self._sharers(asker, at),
            solved_by=self._solution(posts),
        )

    def write_me_toos(self, talks: list[Talk]) -> None:
        """Those who have these questions too."""
        self.me_toos.write(
            (talk.key, member, moment(talk.posts[0].at + 60))
            for talk in talks
            for member in talk.me_toos
        )

    def _answer(self, at: int, asker: int) -> Said:
        world, chance = self.world, self.world.random.random()
        words = world.prose.paragraphs("answer", sentences=world.random.randint(1, 5))
        by, byline = world.first_member + world.somebody(at), ""
        if chance < BY_STAFF:
            by, byline = world.staff()
        elif chance < BY_STAFF + BY_ASKER:
            by = asker
        return Said(at=at, by=by, text=text_of(words), html=html_of(words), byline=byline)

    def _sharers(self, asker: int, at: int) -> list[int]:
        if self.world.random.random() >= SHARED:
            return []
        number = self.world.random.randint(1, MOST_SHARED)
        found = {self.world.first_member + self.world.somebody(at) for _ in range(number)}
        return sorted(found - {asker})

    def _solution(self, posts: list[Said]) -> int | None:
        """The place of the last answer by somebody else, where the asker said that it helped."""
        by_others = [n for n, said in enumerate(posts) if n and said.by != posts[0].by]
        if not by_others or self.world.random.random() >= SOLVED:
            return None
        return by_others[-1]
