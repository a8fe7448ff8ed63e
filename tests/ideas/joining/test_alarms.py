"""Votes that come in a burst from few networks or fresh accounts are put before the moderators."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.moderation.actions import report
from community.moderation.models import Review
from community.moderation.subjects import subject_of
from community.people.models import User
from ideas.actions import cast_vote
from ideas.actions.alarming import raise_alarms
from ideas.actions.invalidating import invalidate_votes
from ideas.models import Idea, VoteAlarm
from ideas.vote_rules import VoteRule
from tests import make

MINUTE = timedelta(minutes=1)
NOW = make.NOON


@pytest.fixture
def calm(db, settings) -> Idea:
    """An idea of old; ten votes within an hour are a burst."""
    settings.VOTE_ALARM_VOTES, settings.VOTE_ALARM_SHARE = 10, 0.8
    return make.idea(at=NOW - timedelta(days=30))


def burst(idea: Idea, count: int = 12, *, networks: int = 1, age_days: int = 400) -> None:
    """So many votes of members of this age, from so many networks, a minute apart."""
    people = make.members(count)
    joined = NOW - timedelta(days=age_days)
    User.objects.filter(pk__in=[person.pk for person in people]).update(joined_at=joined)
    for n, person in enumerate(people):
        network = f"203.0.{n % networks}.0/24"
        cast_vote(idea, by=person, network=network, at=NOW - (count - n) * MINUTE)


def alarms() -> list[tuple[str, int, int]]:
    return list(VoteAlarm.objects.open().values_list("sign", "votes", "suspect"))


def test_many_votes_from_one_network_alarm(calm):
    burst(calm)

    assert raise_alarms(NOW) == 1
    assert raise_alarms(NOW) == 0

    assert alarms() == [("networks", 12, 12)]
    assert Review.objects.open().count() == 1


def test_many_votes_of_fresh_accounts_alarm(calm):
    burst(calm, networks=12, age_days=0)

    raise_alarms(NOW)

    assert alarms() == [("fresh", 12, 12)]


def test_votes_of_known_members_from_everywhere_do_not(calm):
    burst(calm, networks=12)

    assert raise_alarms(NOW) == 0


def test_few_votes_or_old_ones_do_not(calm):
    burst(calm, count=8)
    assert raise_alarms(NOW) == 0

    burst(calm)
    assert raise_alarms(NOW + timedelta(hours=3)) == 0


def test_an_alarm_grows_with_its_burst(calm):
    burst(calm)
    raise_alarms(NOW)
    burst(calm, count=5)

    raise_alarms(NOW)

    assert alarms() == [("networks", 17, 17)]


def test_a_burst_that_was_found_right_does_not_alarm_again(calm, as_moderator: Client):
    burst(calm)
    raise_alarms(NOW)
    review = Review.objects.get()
    page = as_moderator.get("/moderation/").content.decode()
    assert "Many votes from few networks" in page
    assert f"/ideas/{calm.pk}/votes/?since=" in page
    assert "203.0.0.0%2F24" in page

    answer = as_moderator.post(f"/moderation/reviews/{review.pk}/", {"act": "fine"}, follow=True)

    assert "The votes stay." in answer.content.decode()
    assert raise_alarms(NOW) == 0
    assert not Review.objects.open().exists()
    assert "Found votes right" in as_moderator.get("/moderation/log/").content.decode()


def test_the_way_from_the_alarm_leads_to_its_votes(calm, as_moderator: Client):
    burst(calm)
    raise_alarms(NOW)
    page = as_moderator.get("/moderation/").content.decode()
    start = page.index(f"/ideas/{calm.pk}/votes/?")

    answer = as_moderator.get(page[start : page.index('"', start)].replace("&amp;", "&"))

    assert "Remove 12 votes" in answer.content.decode()


def test_removing_the_votes_settles_the_alarm(calm, moderator):
    burst(calm)
    raise_alarms(NOW)

    invalidate_votes(
        VoteRule(networks=("203.0.0.0/24",)), idea=calm, by=moderator, reason="One office."
    )

    assert alarms() == []
    assert not Review.objects.open().exists()


def test_looking_costs_the_same_however_many_votes_there_are(calm):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            raise_alarms(timezone.now())
        return len(caught)

    few = queries()
    burst(calm, count=60)

    assert queries() == few == 2


def test_what_people_report_comes_first(calm, as_moderator: Client, advocate):
    burst(calm)
    raise_alarms(NOW)
    reply = make.post(make.question(), "Only fools ask that.")
    subject = subject_of("post", reply.pk, advocate)
    assert subject is not None
    report(subject, by=advocate, reason="abuse")

    first = as_moderator.get("/moderation/").content.decode()
    skipped = as_moderator.get("/moderation/?after=~").content.decode()

    assert "Only fools ask that." in first
    assert "/moderation/?after=~" in first
    assert "Many votes from few networks" in skipped
