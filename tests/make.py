"""Plain functions that make what a test needs, through the product's own actions."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import Group

from community.people.mailbox import person_key
from community.people.models import Department, EmployeeRecord, Store, User
from forum.actions import reply, start_topic
from forum.models import Board, Post, Topic
from ideas.actions import cast_vote, post_idea
from ideas.models import Audience, EscalationRule, Idea
from ideas.statuses import Status

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
_numbers = itertools.count(1)


def member(name: str = "", *, groups: tuple[str, ...] = (), **fields: Any) -> User:
    """A member, `name@example.com`, in these groups."""
    name = name or f"member{next(_numbers)}"
    fields.setdefault("display_name", name.title())
    fields.setdefault("email", f"{name}@example.com")
    user = User.objects.create_user(username=name, **fields)
    user.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
    return user


def members(count: int) -> list[User]:
    """Several members, written at once."""
    names = [f"crowd{next(_numbers)}" for _ in range(count)]
    return User.objects.bulk_create(
        User(username=name, email=f"{name}@example.com", person=person_key(f"{name}@example.com"))
        for name in names
    )


def store(name: str = "Anchorage", **fields: Any) -> Store:
    number = next(_numbers)
    known = {
        "city": name,
        "state": "AK",
        "postcode": "99515",
        "latitude": 61.1,
        "longitude": -149.8,
    }
    known |= {"hours": "Mon: 10-9", "time_zone": "America/Anchorage"}
    return Store.objects.create(code=f"s{number}", name=name, **(known | fields))


def department(name: str = "Stores and Facilities", **fields: Any) -> Department:
    slug = name.lower().replace(" ", "-")
    return Department.objects.get_or_create(name=name, defaults={"slug": slug, **fields})[0]


def employee(name: str = "", *, at: Store | None = None, **fields: Any) -> User:
    """A member with an active record in the staff directory."""
    user = member(name, **fields)
    EmployeeRecord.objects.create(
        user=user, number=f"e{next(_numbers)}", given_name=user.name, store=at or store()
    )
    return user


def board(slug: str = "stores", *, holds: str = Board.Holds.IDEAS, **fields: Any) -> Board:
    fields.setdefault("name", slug.title())
    return Board.objects.get_or_create(slug=slug, defaults={"holds": holds, **fields})[0]


def idea(
    title: str = "Free wi-fi in the stores",
    *,
    body: str = "One bar in aisle 4. Let us look things up while we shop.",
    by: User | None = None,
    votes: int = 1,
    on: Board | None = None,
    at: datetime | None = None,
    **fields: Any,
) -> Idea:
    """An idea with this many votes, its author's among them."""
    made = post_idea(on or board(), title=title, body=body, by=by or member(), at=at, **fields)
    for voter in members(votes - 1):
        cast_vote(made, by=voter, at=at)
    made.refresh_from_db()
    return made


def move(made: Idea, status: str) -> None:
    """Set an idea's status as it stands in the table; a duplicate gets the idea it is one of."""
    other = idea("The same, in other words") if status == Status.DUPLICATE else None
    Idea.objects.filter(pk=made.pk).update(status=status, duplicate_of=other)


def question(
    title: str = "Does the X200 soundbar work with a 2014 TV?",
    *,
    text: str = "My TV has one HDMI socket marked ARC.",
    by: User | None = None,
    on: Board | None = None,
    **fields: Any,
) -> Topic:
    on = on or board("tv", holds=Board.Holds.QUESTIONS, name="TV and home theatre")
    return start_topic(
        on, kind=Topic.Kind.QUESTION, title=title, text=text, by=by or member(), **fields
    )


def post(
    topic: Topic, text: str = "Use the HDMI socket.", *, by: User | None = None, **fields: Any
) -> Post:
    return reply(topic, text=text, by=by or member(), **fields)


def audience(slug: str = "corporate", **fields: Any) -> Audience:
    """The audience that the product ships, or another, with periods that begin at NOON."""
    group = Group.objects.get_or_create(name="reviewers")[0]
    fields = {"name": slug.title(), "group": group, "since": NOON, **fields}
    return Audience.objects.update_or_create(slug=slug, defaults=fields)[0]


def rule(votes: int = 100, **fields: Any) -> EscalationRule:
    """The rule that the product ships with this number of votes, or another by its name."""
    fields = {"name": "Corporate review", "votes": votes, "is_active": True, **fields}
    fields["audience"] = fields.get("audience") or audience()
    return EscalationRule.objects.update_or_create(name=fields["name"], defaults=fields)[0]
