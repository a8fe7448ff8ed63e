"""Light or dark is a choice kept in a cookie, without an account and without JavaScript."""

import re

import pytest
from django.test import Client


def test_the_page_shows_the_three_choices_and_the_one_that_holds():
    html = Client().get("/theme/", headers={"cookie": "theme=dark"}).content.decode()

    assert html.count('type="radio"') == 3
    assert re.search(r'value="dark"[^>]* checked', html)
    assert 'data-theme="dark"' in html


def test_the_choice_is_kept_for_a_year_and_leads_back():
    client = Client()

    answer = client.post("/theme/", {"theme": "dark", "next": "/ideas/?sort=top"})

    assert answer.status_code == 303
    assert answer["Location"] == "/ideas/?sort=top"
    cookie = answer.cookies["theme"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("dark", "Lax", True)
    assert cookie["max-age"] == 365 * 24 * 3600
    assert 'data-theme="dark"' in client.get("/theme/").content.decode()


def test_the_page_one_came_from_is_remembered():
    came = {"referer": "http://testserver/ideas/7-wifi/?at=3"}

    assert (
        'name="next" value="/ideas/7-wifi/?at=3"'
        in Client().get("/theme/", headers=came).content.decode()
    )


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "https:///evil.example",
        "javascript:alert(1)",
        "http://testserver//evil.example/",
        "http://testserver@evil.example/",
        "",
    ],
)
def test_nobody_is_led_away(elsewhere):
    answer = Client().post("/theme/", {"theme": "dark", "next": elsewhere})

    assert answer["Location"] == "/"


def test_a_choice_that_is_none_says_so_beside_the_field():
    answer = Client().post("/theme/", {"theme": "pink", "next": "/ideas/"})

    assert answer.status_code == 422
    assert "Choose one of those shown." in answer.content.decode()
    assert 'name="next" value="/ideas/"' in answer.content.decode()
    assert "theme" not in answer.cookies


def test_a_form_without_a_choice_says_so_too():
    assert Client().post("/theme/", {}).status_code == 422


def test_looking_changes_nothing():
    assert "theme" not in Client().get("/theme/?theme=dark").cookies
