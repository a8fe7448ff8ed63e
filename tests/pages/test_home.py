"""The first page asks one question and shows what comes of answering it, to anybody, cheaply."""

from datetime import timedelta

from django.test import Client

from forum.actions import reply
from tests import make


def test_a_new_site_says_how_to_begin(db):
    page = Client().get("/").content.decode()

    assert "What would make Northline better?" in page
    assert "Begin with one of these" in page


def test_what_gains_votes_comes_first(db):
    make.idea("Keep my receipt in my account", votes=2)
    make.idea("Free wi-fi in the stores", votes=5)

    page = Client().get("/").content.decode()

    assert page.index("Free wi-fi in the stores") < page.index("Keep my receipt")


def test_the_box_leads_to_the_search(db):
    page = Client().get("/").content.decode()

    assert 'action="/search/"' in page
    assert 'name="q"' in page


def test_who_waits_and_who_was_answered(customer, employee):
    waiting = make.question("Which wall mount carries 75 inch?", by=customer)
    answered = make.question("Does it work with a 2014 TV?", by=customer, at=make.NOON)
    at = make.NOON + timedelta(minutes=14)
    reply(answered, text="Yes.", by=employee, as_staff=True, at=at)

    page = Client().get("/").content.decode()

    assert waiting.title in page
    assert answered.title in page
    assert "after 14\xa0minutes" in page


def test_the_first_page_costs_the_same_at_any_size(customer, django_assert_max_num_queries):
    for size in (1, 8):
        for number in range(size):
            make.idea(f"An idea with number {size}.{number}")
            make.question(f"A question with number {size}.{number}", by=customer)

        with django_assert_max_num_queries(5):
            Client().get(f"/?{size}")
