"""On one page: what became of the ideas one posted, writes with others, or voted for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from forum.models import Board, Topic
from ideas.actions import accept_invitation, cast_vote, invite_co_author
from ideas.actions.looking import mark_seen
from ideas.became import OUTCOMES, overview
from ideas.models import Idea, IdeaStatusChange, Look, Vote
from ideas.statuses import Status
from tests import make
from tests.counting import queries


def change(idea: Idea, status: str, kind: str, days: int = 0, **data: object) -> None:
    """Something happened to the idea so many days after NOON."""
    Idea.objects.filter(pk=idea.pk).update(status=status)
    at = make.NOON + timedelta(days=days)
    IdeaStatusChange.objects.create(idea=idea, kind=kind, status=status, at=at, data=data)


def titles(rows: object) -> list[str]:
    return [row.title for row in rows]  # type: ignore[attr-defined]


@pytest.fixture
def wanted(customer) -> dict[str, Idea]:
    """Four ideas of others that the customer voted for, and one of their own."""
    made = {
        name: make.idea(f"The {name} idea of somebody", at=make.NOON)
        for name in ("open", "done", "refused", "planned")
    }
    for idea in made.values():
        cast_vote(idea, by=customer, at=make.NOON)
    made["own"] = make.idea("My own idea, so there", by=customer, at=make.NOON)
    make.idea("Of no concern to the customer", at=make.NOON)
    change(made["refused"], Status.DECLINED, "decided", 1, decision="decline")
    change(made["planned"], Status.PLANNED, "decided", 2, decision="do_it", date="2027-02-01")
    change(made["done"], Status.DONE, "promise_kept", 3)
    return made


def test_what_is_new_stands_first_and_the_rest_by_outcome(wanted, customer):
    mark_seen(customer, up_to=make.NOON + timedelta(days=1, hours=1))

    found = overview(customer)

    assert titles(found.new) == ["The done idea of somebody", "The planned idea of somebody"]
    assert found.new[1].happened == "Decided: we will do it"
    assert "1\u00a0February\u00a02027" in found.new[1].facts
    assert found.newest_at == make.NOON + timedelta(days=3)
    rest = {group.outcome.slug: (group.rest_count, titles(group.rows)) for group in found.groups}
    assert rest == {
        "done": (0, []),
        "coming": (0, []),
        "no": (1, ["The refused idea of somebody"]),
        "open": (2, ["My own idea, so there", "The open idea of somebody"]),
    }


def test_before_the_first_look_all_that_happened_is_new(wanted, customer, as_customer: Client):
    assert len(overview(customer).new) == 3
    page = as_customer.get("/me/ideas/").content.decode()
    assert "New since your last look" in page
    assert "Of no concern" not in page

    up_to = (make.NOON + timedelta(days=3)).isoformat()
    for _click in range(2):
        assert as_customer.post("/me/ideas/seen/", {"up_to": up_to}).status_code == 303

    assert overview(customer).new == []
    assert "New since your last look" not in as_customer.get("/me/ideas/").content.decode()


def test_what_happens_meanwhile_is_not_missed(wanted, customer, as_customer: Client):
    seen = overview(customer).newest_at
    change(wanted["open"], Status.RAISED, "raised", 4, votes=100)

    as_customer.post("/me/ideas/seen/", {"up_to": seen.isoformat()})

    assert titles(overview(customer).new) == ["The open idea of somebody"]


@pytest.mark.parametrize("said", ["", "yesterday", "9999-01-01T00:00:00+00:00", "2026-02-31T0"])
def test_an_odd_moment_is_now(wanted, as_customer: Client, said):
    before = timezone.now()
    assert as_customer.post("/me/ideas/seen/", {"up_to": said}).status_code == 303

    assert before <= Look.objects.get().at <= timezone.now()


def test_a_look_only_goes_forward(customer):
    assert mark_seen(customer, up_to=make.NOON) is True
    assert mark_seen(customer, up_to=make.NOON - timedelta(days=1)) is False
    assert Look.objects.get().at == make.NOON


def test_of_a_joined_idea_the_one_that_counts(wanted, customer):
    target = make.idea("The same, said better", at=make.NOON)
    Idea.objects.filter(pk=wanted["open"].pk).update(status=Status.DUPLICATE, duplicate_of=target)

    still = overview(customer).groups[-1]

    assert "The same, said better" in titles(still.rows)
    assert "The open idea of somebody" not in titles(still.rows)


def test_what_one_writes_with_others_is_there_too(customer, stranger):
    idea = make.idea("Written by two people", by=stranger)
    invite_co_author(idea, member=customer, by=stranger)
    assert overview(customer).is_empty
    accept_invitation(idea, by=customer)

    (group,) = overview(customer).groups
    assert group.rows[0].because == "You write it too"


def test_what_one_may_not_read_any_more_is_not_named(wanted, customer):
    Topic.objects.filter(pk=wanted["done"].pk).update(hidden_at=make.NOON)
    inside = make.board("inside", audience=Board.Audience.EMPLOYEES)
    Idea.objects.filter(pk=wanted["refused"].pk).update(board=inside)

    found = overview(customer)

    named = titles(found.new) + [title for group in found.groups for title in titles(group.rows)]
    assert "The done idea of somebody" not in named
    assert "The refused idea of somebody" not in named
    assert len(named) == 3


def test_all_of_one_outcome_page_by_page(customer, as_customer: Client):
    many(45, customer)

    seen, address = [], "/me/ideas/?outcome=open"
    while address:
        answer = as_customer.get(address)
        seen += [row.pk for row in answer.context["rows"]]
        address = answer.context["next_url"]

    assert len(seen) == len(set(seen)) == 45
    assert as_customer.get("/me/ideas/?outcome=nonsense").status_code == 404
    assert as_customer.get("/me/ideas/?outcome=open&after=x").status_code == 404


@pytest.mark.parametrize("count", [20, 500])
def test_it_costs_the_same_for_few_and_for_many(customer, as_customer: Client, count):
    many(count, customer)
    change(Idea.objects.latest("pk"), Status.DONE, "promise_kept")

    asked = queries(as_customer, "/me/ideas/")
    assert len(asked) <= 12, "\n".join(asked)
    assert len(queries(as_customer, "/me/ideas/?outcome=open")) <= 12


def test_an_empty_page_says_what_to_do(as_customer: Client):
    assert "See what others want" in as_customer.get("/me/ideas/").content.decode()


def many(count: int, voter: object) -> None:
    """Ideas that this member voted for, written at once."""
    board, author = make.board(), make.member()
    common = {"board": board, "kind": Topic.Kind.IDEA, "author": author, "highest_no": 1}
    topics = Topic.objects.bulk_create(
        Topic(title=f"Idea {n}", slug=f"idea-{n}", **common) for n in range(count)
    )
    ideas = Idea.objects.bulk_create(
        Idea(topic=topic, board=board, terms_version="1", created_at=make.NOON) for topic in topics
    )
    Vote.objects.bulk_create(
        Vote(idea=idea, voter=voter, counted_on=idea, person="p", weight=1, at=make.NOON)
        for idea in ideas
    )


def test_each_status_but_the_joined_has_its_place():
    placed = [status for outcome in OUTCOMES for status in outcome.statuses]

    assert sorted(placed) == sorted(set(Status) - {Status.DUPLICATE})
