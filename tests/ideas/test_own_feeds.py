"""One's own lists have a feed at a private address: without sign-in, ended when it should be."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from community.people.actions import suspend
from forum.actions import hide_post
from forum.models import Board
from ideas.actions import cast_vote
from tests import make

FEED = "/ideas/own/feed.atom"


def address(client: Client, query: str = "?mine=1") -> str:
    """The private address that the list's page shows to its reader."""
    found: str = client.get(f"/ideas/{query}").context["feed_url"]
    return found


def read(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def mine(customer):
    return make.idea("Benches for people who wait", by=customer)


@pytest.fixture
def voted(customer):
    idea = make.idea("Lockers at the entrance")
    cast_vote(idea, by=customer)
    return idea


def test_who_has_the_address_reads_the_list_without_signing_in(mine, voted, as_customer: Client):
    own, wanted = read(address(as_customer)), read(address(as_customer, "?voted=1"))

    assert mine.topic.title in own
    assert voted.topic.title not in own
    assert voted.topic.title in wanted
    assert "<entry>" in own


def test_the_page_says_that_the_address_is_private(mine, as_customer: Client, client: Client):
    page = as_customer.get("/ideas/?mine=1").content.decode()

    assert FEED in page
    assert "Keep its address to yourself" in page
    assert FEED not in as_customer.get("/ideas/").content.decode()
    assert FEED not in client.get("/ideas/").content.decode()


def test_the_filters_of_the_list_hold(mine, as_customer: Client):
    done = address(as_customer, "?mine=1&status=done&sort=new")

    assert "status=done" in done
    assert "<entry>" not in read(done)
    assert mine.topic.title in read(done.replace("status=done", "status=open"))


def test_the_key_says_whose_list_it_is_whoever_is_signed_in(
    mine, as_customer: Client, as_stranger: Client
):
    theirs = address(as_stranger)

    assert mine.topic.title not in read(theirs, as_customer)
    assert mine.topic.title in read(address(as_customer), as_stranger)


def test_a_key_opens_the_list_it_names_and_no_other(mine, voted, as_customer: Client):
    own = address(as_customer)

    assert voted.topic.title not in read(f"{own}&voted=1&mine=0")
    assert Client().get(own.replace(".mine.", ".voted.")).status_code == 404


@pytest.mark.parametrize("key", ["", "1", "1.mine", "1.mine.x", "x.mine.x", "9" * 30 + ".mine.x"])
def test_without_a_good_key_there_is_no_feed(mine, as_customer: Client, key: str):
    for client in (Client(), as_customer):
        assert client.get(FEED, {"key": key} if key else {}).status_code == 404


def test_the_key_of_one_member_does_not_open_the_list_of_another(
    mine, customer, stranger, as_customer: Client
):
    own = address(as_customer)

    forged = own.replace(f"key={customer.pk}.", f"key={stranger.pk}.")

    assert Client().get(forged).status_code == 404


def test_a_closed_account_has_no_feed(mine, customer, as_customer: Client):
    own = address(as_customer)
    customer.is_active = False
    customer.save()

    assert Client().get(own).status_code == 404


def test_nor_has_a_suspended_one(mine, customer, as_customer: Client, moderator):
    own = address(as_customer)
    until = timezone.now() + timedelta(days=7)
    suspend(customer, by=moderator, reason="Abuse.", until=until)

    assert Client().get(own).status_code == 404


def test_a_new_password_makes_a_new_address(mine, customer, as_customer: Client):
    own = address(as_customer)
    customer.set_password("another secret of mine")
    customer.save()
    as_customer.force_login(customer)

    assert Client().get(own).status_code == 404
    assert mine.topic.title in read(address(as_customer))


def test_it_has_what_its_member_may_read_and_nothing_else(customer, as_customer: Client, moderator):
    club = make.idea("Coffee", on=make.board("club", audience=Board.Audience.MEMBERS))
    hidden, staff = make.idea("A secret that a moderator hid"), make.board("staff")
    secret = make.idea("The staff room", on=staff)
    for idea in (club, hidden, secret):
        cast_vote(idea, by=customer)
    hide_post(hidden.topic.posts.get(no=1), by=moderator, reason="Names a person.")
    Board.objects.filter(pk=staff.pk).update(audience=Board.Audience.EMPLOYEES)

    feed = read(address(as_customer, "?voted=1"))

    assert club.topic.title in feed
    assert hidden.topic.title not in feed
    assert secret.topic.title not in feed


def test_it_is_nobody_elses_to_keep_or_to_index(mine, customer, as_customer: Client, settings):
    settings.PAGE_CACHE_SECONDS = 60
    own = address(as_customer)
    before = Client().get(own)
    later = make.idea("Shade over the car park", by=customer)

    assert "private" in before["Cache-Control"]
    assert before["X-Robots-Tag"] == "noindex"
    assert later.topic.title in read(own)


def test_it_costs_the_same_whatever_it_has(
    customer, as_customer: Client, django_assert_max_num_queries
):
    for number in range(25):
        make.idea(f"Idea number {number} of many", by=customer)
    own, anonymous = address(as_customer), Client()

    with django_assert_max_num_queries(5):
        assert read(own, anonymous).count("<entry>") == 20


def test_the_key_is_not_in_the_path_which_is_logged(mine, as_customer: Client):
    own = urlsplit(address(as_customer))

    assert own.path == FEED
    assert list(parse_qs(own.query)) == ["key"]
