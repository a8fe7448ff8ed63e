"""The pages of ideas answer, for strangers and members, at the size they are read at."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db


def test_a_stranger_reads_the_list_and_the_idea(client: Client, idea):
    listing = client.get("/ideas/")
    page = client.get(idea.get_absolute_url())

    assert idea.topic.title in listing.content.decode()
    assert "1 idea, gaining votes fastest first" in listing.content.decode()
    assert 'data-votes="1"' in page.content.decode()
    assert "csrfmiddlewaretoken" not in listing.content.decode() + page.content.decode()


def test_a_member_sees_the_button_pressed_where_they_voted(as_customer: Client, customer):
    mine, other = make.idea("Mine has my own vote", by=customer), make.idea("Somebody else's idea")

    assert 'aria-pressed="true"' in as_customer.get(mine.get_absolute_url()).content.decode()
    assert 'aria-pressed="false"' in as_customer.get(other.get_absolute_url()).content.decode()
    assert as_customer.get("/ideas/").content.decode().count('aria-pressed="true"') == 1


def test_short_and_old_addresses_lead_to_the_idea(client: Client, idea):
    assert client.get(f"/ideas/{idea.pk}/")["Location"] == idea.get_absolute_url()
    sorted_ = client.get(f"/ideas/{idea.pk}/?order=oldest&own=1")
    assert sorted_["Location"] == f"{idea.get_absolute_url()}?order=oldest&own=1"
    assert client.get(f"/forum/t/{idea.pk}/")["Location"] == idea.get_absolute_url()
    old = client.get(f"/ideas/{idea.pk}-old-words/?at=1")
    assert (old.status_code, old["Location"]) == (301, f"{idea.get_absolute_url()}?at=1")


def test_other_programs_read_the_figures(client: Client):
    idea = make.idea(votes=3)
    make.post(idea.topic, "Yes please")

    answer = client.get(f"/ideas/{idea.pk}.json")

    found = json.loads(answer.content)
    assert list(found) == [
        "id",
        "title",
        "status",
        "duplicate_of",
        "board",
        "votes",
        "imported_votes",
        "heat",
        "comments",
        "raised",
        "told",
    ]
    assert (found["votes"], found["comments"], found["board"]) == (3, 1, "stores")
    assert found["told"] == {"done": 0, "total": 0, "bounced": 0}
    again = client.get(f"/ideas/{idea.pk}.json", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert again.status_code == 304


PAGES = [
    "new/",
    "roadmap/",
    "roadmap/feed.atom",
    "decided/",
    "decided/feed.atom",
    "feed.atom",
    "?q=nothing",
]
HUGE = "9" * 40
MISSING = ["?board=x", "?status=x", "?after=x", f"{HUGE}/", f"{HUGE}/vote/", f"{HUGE}.json"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_without_ideas(client: Client, db, path: str):
    assert client.get(f"/ideas/{path}").status_code == 200


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_said_to_be_missing(client: Client, db, path: str):
    assert client.get(f"/ideas/{path}").status_code == 404
