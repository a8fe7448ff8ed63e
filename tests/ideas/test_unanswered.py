"""Ideas to which nobody of the team has said anything: a list of its own, kept by the index."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test import Client

from forum.actions import hide_post, restore_post
from ideas.actions import comment
from ideas.lists import SORTS, Wanted, boards_for, ideas_wanted
from ideas.models import Idea
from ideas.statuses import Status
from tests import make
from tests.world import world


def waiting(client: Client, query: str = "") -> set[int]:
    return {row.pk for row in client.get(f"/ideas/?waiting=1{query}").context["rows"]}


def test_an_answer_of_the_team_takes_it_from_the_list(client: Client, idea, customer, employee):
    assert waiting(client) == {idea.pk}

    comment(idea, text="I want it too.", by=employee)
    assert waiting(client, "&sort=top") == {idea.pk}
    comment(idea, text="We look at it.", by=employee, as_staff=True, at=make.NOON)

    idea.refresh_from_db()
    assert idea.answered_at == make.NOON
    assert waiting(client, "&sort=new") == set()


def test_a_hidden_answer_is_none(client: Client, idea, employee, moderator):
    post = comment(idea, text="We look at it.", by=employee, as_staff=True)

    hide_post(post, by=moderator, reason="By mistake")
    assert waiting(client) == {idea.pk}
    restore_post(post, by=moderator, reason="It was right")

    assert waiting(client, "&sort=top") == set()


def test_a_decision_is_an_answer(client: Client, reviewer, moderator):
    world(reviewer, moderator)

    decided = Idea.objects.get(status=Status.PLANNED)
    assert decided.answered_at is not None
    assert decided.pk not in waiting(client)


def test_what_takes_no_votes_waits_for_nobody(client: Client, idea):
    make.move(idea, Status.WITHDRAWN)

    assert idea.pk not in waiting(client)
    assert idea.pk not in waiting(client, "&status=withdrawn")


def test_the_chip_takes_the_filter_away(client: Client, idea):
    page = client.get("/ideas/?waiting=1&tag=Paper&sort=top")

    assert [(chip.words, chip.url) for chip in page.context["chips"]] == [
        ("Tag: Paper", "/ideas/?sort=top&waiting=1"),
        ("Team has not answered", "/ideas/?tag=Paper&sort=top"),
    ]
    assert "Clear filters" in page.content.decode()


EMPTY = {
    "?waiting=1": "Nothing waits",
    "?waiting=1&tag=x": "No ideas match",
    "?mine=1": "You have posted no idea yet",
    "?voted=1": "You have voted for nothing yet",
    "": "No ideas yet",
}


@pytest.mark.parametrize("query", EMPTY)
def test_an_empty_list_says_what_next(as_customer: Client, query):
    assert EMPTY[query] in as_customer.get(f"/ideas/{query}").content.decode()


def test_a_drift_is_found_and_mended(idea, capsys):
    Idea.objects.filter(pk=idea.pk).update(answered_at=make.NOON)

    with pytest.raises(SystemExit):
        call_command("reconcile", repair=True)
    call_command("reconcile")

    assert f"idea {idea.pk} answered_at" in capsys.readouterr().out
    idea.refresh_from_db()
    assert idea.answered_at is None


@pytest.mark.parametrize("sort", list(SORTS))
def test_the_list_is_read_in_the_order_of_an_index(idea, sort):
    wanted, nobody = Wanted.from_query(QueryDict(f"waiting=1&sort={sort}")), AnonymousUser()
    found = ideas_wanted(wanted, nobody, boards_for(nobody)).order_by(*SORTS[sort])

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # so few rows would be sorted
            cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off")
    plan = found[:21].explain()

    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
