"""What follows from an event is owed with it, done once, and survives whoever was doing it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from community.activity import register
from community.activity.actions import audit, react, record, retry_reaction
from community.activity.models import MAX_ATTEMPTS, Event, Reaction
from community.activity.owed import finish_reactions
from community.people.models import User
from tests.make import NOON

LATER = NOON + timedelta(minutes=6)


class Worker(BaseException):
    """A signal that ends the process: no handler of ours sees it."""


@pytest.fixture
def follow() -> Iterator[dict[str, list[int]]]:
    """Two consequences of `kettle.boiled`: by name, the events that reached each."""
    done: dict[str, list[int]] = {"tea": [], "coffee": []}

    def tea(event: Event) -> None:
        if event.data.get("tea_fails"):
            raise RuntimeError("no tea")
        if event.data.get("killed") and not done["tea"]:
            done["tea"].append(-1)
            raise Worker
        done["tea"].append(event.pk)

    def coffee(event: Event) -> None:
        done["coffee"].append(event.pk)

    register.reaction("kettle.boiled")(tea)
    register.reaction("kettle.boiled")(coffee)
    yield done
    register.forget("kettle.boiled")


def boil(by: User, at: datetime = NOON, **data: object) -> Event:
    return record("kettle.boiled", by, kind="kettle", by=by, at=at, **data)


def test_each_is_done_once_however_often_it_is_asked(
    follow: dict[str, list[int]], customer: User
) -> None:
    event = boil(customer)

    assert react(event.pk, at=NOON) == 2
    assert react(event.pk, at=NOON) == 0
    assert finish_reactions(LATER) == 0

    assert follow == {"tea": [event.pk], "coffee": [event.pk]}


def test_a_failing_one_stops_no_other_and_says_why(
    follow: dict[str, list[int]], customer: User
) -> None:
    event = boil(customer, tea_fails=True)

    assert react(event.pk, at=NOON) == 1

    failed = Reaction.objects.get(event=event, done_at=None)
    assert follow["coffee"] == [event.pk]
    assert "no tea" in failed.last_error
    assert failed.attempts == 1


def test_a_killed_worker_leaves_a_claim_that_runs_out(
    follow: dict[str, list[int]], customer: User
) -> None:
    event = boil(customer, killed=True)
    with pytest.raises(Worker):
        react(event.pk, at=NOON)

    assert finish_reactions(NOON) == 1  # the other one
    assert finish_reactions(LATER) == 1

    assert follow == {"tea": [-1, event.pk], "coffee": [event.pk]}


def test_a_failing_one_waits_longer_each_time_and_then_for_an_admin(
    follow: dict[str, list[int]], customer: User
) -> None:
    event = boil(customer, tea_fails=True)
    at = NOON
    for _attempt in range(MAX_ATTEMPTS + 3):
        finish_reactions(at)
        at += timedelta(days=1)
    given_up = Reaction.objects.given_up().get(event=event)

    assert given_up.attempts == MAX_ATTEMPTS
    Event.objects.filter(pk=event.pk).update(data={})
    assert retry_reaction(given_up)
    assert finish_reactions(at) == 1
    assert follow["tea"] == [event.pk]


def test_one_that_this_worker_does_not_know_stays_owed(
    follow: dict[str, list[int]], customer: User
) -> None:
    event = boil(customer)
    Reaction.objects.filter(event=event, name__endswith="tea").update(name="forum.later.version")

    assert react(event.pk, at=NOON) == 1
    assert Reaction.objects.filter(name="forum.later.version", done_at=None).exists()


def test_an_admin_sees_what_was_given_up_and_owes_it_again(
    follow: dict[str, list[int]], customer: User, as_admin: Client
) -> None:
    event = boil(customer)
    Reaction.objects.filter(event=event).update(attempts=MAX_ATTEMPTS)
    page = reverse("admin:activity_reaction_changelist")
    chosen = [str(pk) for pk in Reaction.objects.values_list("pk", flat=True)]

    assert b"kettle.boiled" in as_admin.get(page, {"state": "given-up"}).content
    as_admin.post(page, {"action": "try_again", "_selected_action": chosen})

    assert react(event.pk, at=NOON) == 2


def test_an_admin_reads_the_trail_and_changes_nothing(customer: User, as_admin: Client) -> None:
    entry = audit("post.hidden", customer, kind="post", by=customer, reason="Spam")
    page = reverse("admin:activity_auditentry_change", args=[entry.pk])

    assert b"Spam" in as_admin.get(page).content
    assert as_admin.post(page, {"verb": "x"}).status_code == 403
    assert as_admin.get(reverse("admin:activity_auditentry_add")).status_code == 403
