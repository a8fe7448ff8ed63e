"""What a page shows of a topic's posts: a window of numbers, authors and marks in one query.

Addresses in rows are put together here, because reversing them would cost each row; a test holds
them to the site's addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from taggit.models import Tag

from community.core.prepared import prepared
from community.people.permissions import is_moderator
from community.people.prepared import ForReaders, prepared_for_readers
from community.people.readers import Reader

from .models import Post, Topic
from .models.posts import PostQuerySet
from .permissions import may_edit, may_say_helpful, may_solve

WINDOW = 20
COLUMNS = (
    "topic_id",
    "no",
    "author_id",
    "html",
    "state",
    "voice_id",
    "byline",
    "is_decision",
    "answer_count",
    "helpful_count",
    "helpfulness",
    "created_at",
    "edited_at",
    "hidden_reason",
    "held_reason",
    "author__username",
    "author__display_name",
    "author__is_active",
    "author__employee_record__user_id",
    "author__employee_record__is_active",
)


@dataclass(slots=True)
class PostRow:
    """One post as its reader sees it; an empty address means that there is nothing to do there.

    `my_word` is whether the reader said that it helped, None when they said neither; `mark` is what
    an app above annotated for a place beside the name.
    """

    pk: int
    no: int
    html: str
    state: str
    url: str
    at: datetime
    edited_at: datetime | None
    author_id: int | None
    author: str
    author_url: str
    initial: str
    role: str
    byline: str
    is_decision: bool
    is_solution: bool
    answer_count: int
    helpful_count: int
    my_word: bool | None
    mark: str
    hidden_reason: str
    held_reason: str
    history_url: str
    report_url: str
    reply_url: str
    edit_url: str
    hide_url: str
    restore_url: str
    publish_url: str
    solve_url: str
    helpful_url: str

    @property
    def is_staff(self) -> bool:
        """Written as staff: the mark comes from the post alone, not from who its writer is now."""
        return bool(self.byline)

    @property
    def is_hidden(self) -> bool:
        return self.state == Post.State.HIDDEN

    @property
    def is_held(self) -> bool:
        return self.state == Post.State.HELD


@dataclass(frozen=True, slots=True)
class PostsPage:
    """A window of a topic's posts, and where the windows before and after are ("" = none)."""

    rows: list[PostRow]
    first_no: int
    last_no: int
    earlier_url: str
    later_url: str

    @property
    def opening(self) -> PostRow | None:
        """The topic's first post, where this window begins with it."""
        return self.rows[0] if self.rows and self.rows[0].no == 1 else None

    @property
    def replies(self) -> list[PostRow]:
        return self.rows[1:] if self.opening else self.rows


class Rows:
    """Turns posts of one topic into rows for one reader; what all rows share is asked once."""

    def __init__(self, topic: Topic, reader: Reader) -> None:
        self.topic = topic
        self.reader = reader
        self.moderates = is_moderator(reader)
        self.is_asker = may_solve(reader, topic)
        self.may_answer = topic.locked_at is None and topic.hidden_at is None
        self.works_here = _("Works at %(company)s") % {"company": settings.BRAND_COMPANY}
        self.somebody = _("Somebody who left")
        self.page = topic.get_absolute_url()
        self.acts = f"/forum/t/{topic.pk}/"
        self.reply = f"/ideas/{topic.pk}/comments/" if topic.is_idea else f"{self.acts}reply/"

    def __call__(self, post: Post) -> PostRow:
        author = post.author
        name = author.name if author else self.somebody
        record = getattr(author, "employee_record", None)
        here = f"{self.acts}{post.no}/"
        is_hidden, is_held = post.is_hidden, post.is_held
        is_reply = post.no > 1 and post.is_public
        moderate = f"/moderation/posts/{post.pk}/"
        is_solution = post.pk == self.topic.solution_id and self.topic.solved_at is not None
        may_be_said = is_solution or self.topic.solved_at is None
        return PostRow(
            pk=post.pk,
            no=post.no,
            html=post.html,
            state=post.state,
            url=self.topic.post_url(post.no, page=self.page),
            at=post.created_at,
            edited_at=post.edited_at,
            author_id=post.author_id,
            author=name,
            author_url=f"/people/{quote(author.username)}/" if author and author.is_active else "",
            initial=name[:1].upper(),
            role=self.works_here if record and record.is_active and not post.byline else "",
            byline=post.byline,
            is_decision=post.is_decision,
            is_solution=is_solution,
            answer_count=post.answer_count,
            helpful_count=post.helpful_count,
            my_word=getattr(post, "my_word", None),
            mark=getattr(post, "mark", None) or "",
            hidden_reason=post.hidden_reason,
            held_reason=post.held_reason if self.moderates else "",
            history_url=f"{here}history/" if post.edited_at else "",
            report_url=f"/report/?kind=post&id={post.pk}",
            reply_url=f"{self.reply}?to={post.no}" if is_reply and self.may_answer else "",
            edit_url=f"{here}edit/" if may_edit(self.reader, post, self.topic) else "",
            hide_url=f"{moderate}hide/" if self.moderates and not is_hidden else "",
            restore_url=f"{moderate}restore/" if self.moderates and is_hidden else "",
            publish_url=f"{moderate}publish/" if self.moderates and is_held else "",
            solve_url=f"{here}solve/" if is_reply and self.is_asker and may_be_said else "",
            helpful_url=f"{here}helpful/" if may_say_helpful(self.reader, post) else "",
        )


def posts_for(topic: Topic, reader: Reader) -> PostQuerySet:
    """The topic's posts that the reader may read, with what rows show, in one query."""
    return with_authors(topic.posts.shown_to(reader).with_word_of(reader))


def window_of(reader: Reader, topic: int, first: int, last: int) -> PostQuerySet:
    """The posts of the topic with this key that the reader may read, between two numbers."""
    posts = Post.objects.filter(topic=topic, no__range=(first, last))
    return with_authors(posts.shown_to(reader).with_word_of(reader)).order_by("no")


WINDOWS = prepared_for_readers(window_of)


def posts_page(
    topic: Topic,
    reader: Reader,
    *,
    after_no: int = 0,
    at_no: int | None = None,
    windows: ForReaders[[int, int, int], Post] = WINDOWS,
) -> PostsPage:
    """The window of 20 numbers that follows `after_no`, or the one that holds `at_no`.

    `windows` is `window_of`, prepared where an app above has annotated it.

    The topic is one the reader may read. Hidden and held posts are rows for their author and for
    moderators only; for others the window is shorter. One query, by number: the last window costs
    what the first does. Raises Http404 for a number that was never given.
    """
    if at_no is not None:
        if not 1 <= at_no <= topic.highest_no:
            raise Http404("no such post")
        after_no = (at_no - 1) // WINDOW * WINDOW
    first_no, last_no = after_no + 1, after_no + WINDOW
    posts, make_row = windows(reader, topic.pk, first_no, last_no), Rows(topic, reader)
    return PostsPage(
        rows=[make_row(post) for post in posts],
        first_no=first_no,
        last_no=min(last_no, topic.highest_no),
        earlier_url=topic.post_url(max(1, first_no - WINDOW)) if first_no > 1 else "",
        later_url=topic.post_url(last_no + 1) if last_no < topic.highest_no else "",
    )


@prepared
def tags_of(topic: int) -> QuerySet[Tag, tuple[str, str]]:
    """Name and slug of each tag of a topic, as they were put on."""
    tags = Tag.objects.filter(topic_tags__content_object=topic).order_by("topic_tags__pk")
    named: QuerySet[Tag, tuple[str, str]] = tags.values_list("name", "slug")
    return named


def with_authors(posts: PostQuerySet) -> PostQuerySet:
    """The columns that rows show, with each author and their staff record in the same query."""
    return posts.select_related("author__employee_record").only(*COLUMNS)
