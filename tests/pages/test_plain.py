"""Pages that are only words are there for everybody, and robots are told what is private."""

import pytest
from django.test import Client


@pytest.mark.parametrize("address", ["/about/", "/house-rules/", "/accessibility/"])
def test_a_plain_page_has_one_heading_and_no_query(address, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get(address)

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1>") == 1


def test_robots_leave_private_pages_alone(db):
    answer = Client().get("/robots.txt")

    assert answer["Content-Type"].startswith("text/plain")
    assert "Disallow: /me/" in answer.content.decode()


def test_the_icon_is_found_at_the_old_place(db):
    assert Client().get("/favicon.ico")["Location"].endswith("icon.svg")
