"""What a moderator sees of one reported thing: what is around it, its author, who reported it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from community.people.models import EmployeeRecord, Sanction, User
from community.people.permissions import can_sanction
from forum.models import Post
from forum.pages import PostRow, Rows, with_authors

from .models import Report, Review
from .subjects import Subject, subject_of

AROUND = 2
SHOWN = 5


@dataclass(frozen=True, slots=True)
class History:
    """A member as moderators know them."""

    member: User
    is_employee: bool
    post_count: int
    hidden_count: int
    sanctions: Sequence[Sanction]
    may_be_sanctioned: bool
    url: str


@dataclass(frozen=True, slots=True)
class Case:
    """One review with all it takes to decide it; `subject` is None where the thing is gone."""

    review: Review
    subject: Subject | None
    reports: Sequence[Report]
    posts: Sequence[PostRow]
    author: History | None

    @property
    def before(self) -> list[PostRow]:
        return [row for row in self.posts if self.subject and row.no < self.subject.thing.no]

    @property
    def reported(self) -> list[PostRow]:
        return [row for row in self.posts if self.subject and row.no == self.subject.thing.no]

    @property
    def after(self) -> list[PostRow]:
        return [row for row in self.posts if self.subject and row.no > self.subject.thing.no]


def case_of(review: Review, reader: User) -> Case:
    """The review as this moderator sees it, in a fixed number of queries."""
    subject = subject_of(review.kind, review.object_id, reader)
    reports = review.reports.select_related("reporter").order_by("at", "pk")
    author = subject.author if subject else None
    return Case(
        review=review,
        subject=subject,
        reports=list(reports[: SHOWN * 2]),
        posts=_around(subject.post, reader) if subject and subject.post else [],
        author=history_of(author, reader) if author else None,
    )


def history_of(member: User, reader: User) -> History:
    """What this member wrote, what of it was hidden, and what was done about it."""
    posts = Post.objects.filter(author=member).aggregate(
        all=Count("pk"), hidden=Count("pk", filter=Q(state=Post.State.HIDDEN))
    )
    sanctions = Sanction.objects.filter(member=member).select_related("by").order_by("-at", "-pk")
    return History(
        member=member,
        is_employee=EmployeeRecord.objects.active().filter(user=member).exists(),
        post_count=posts["all"],
        hidden_count=posts["hidden"],
        sanctions=list(sanctions[:SHOWN]),
        may_be_sanctioned=can_sanction(reader, member),
        url=f"/moderation/people/{member.username}/",
    )


def _around(post: Post, reader: User) -> list[PostRow]:
    """The post between those before and after it."""
    numbers = (post.no - AROUND, post.no + AROUND)
    posts = with_authors(post.topic.posts.filter(no__range=numbers)).order_by("no")
    make_row = Rows(post.topic, reader)
    return [make_row(each) for each in posts]
