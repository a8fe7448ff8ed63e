"""What can be reported: posts and people's names. An idea stands for its opening post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from community.core import kinds
from community.people.models import User
from community.people.readers import Reader
from forum.models import Post

REPORTABLE = ("post", "person")
BY_OPENING_POST = ("topic", "idea")


@dataclass(frozen=True)
class Subject:
    """A thing somebody wrote: what it is, where it is, and who wrote it."""

    kind: str
    thing: Any
    title: str
    url: str
    author_id: int | None

    @property
    def pk(self) -> int:
        return int(self.thing.pk)

    @property
    def post(self) -> Post | None:
        return self.thing if isinstance(self.thing, Post) else None

    @property
    def is_held(self) -> bool:
        """Whether a gate held it, so that nobody has read it yet."""
        return self.post is not None and self.post.is_held

    @property
    def author(self) -> User | None:
        """Who wrote it; None where they have left."""
        if isinstance(self.thing, User):
            return self.thing
        return User.objects.filter(pk=self.author_id or 0).first()


def subject_of(kind: str, pk: int, reader: Reader) -> Subject | None:
    """The thing, where it can be reported and this reader may see it."""
    if kind in BY_OPENING_POST:
        kind, pk = "post", _opening_post(pk)
    about = kinds.get(kind)
    thing = kinds.find(kind, pk, reader) if kind in REPORTABLE else None
    if about is None or thing is None:
        return None
    return Subject(kind, thing, about.title_of(thing), about.url_of(thing), about.author_of(thing))


def _opening_post(topic_id: int) -> int:
    """The key of the post that a topic begins with; 0 where there is none."""
    if topic_id > kinds.BIGGEST_KEY:
        return 0
    posts = Post.objects.filter(topic=topic_id).numbered(1)
    return posts.values_list("pk", flat=True).first() or 0
