"""A customer asks, staff answer, and it is solved: by mouse, by keyboard only, without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from community.people.models import User
from forum.models import Board, Topic
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME_IN_FOCUS = """() => {
    const it = document.activeElement;
    return it.labels?.[0]?.innerText ?? it.innerText ?? "";
}"""
TITLE = "Does the X200 soundbar work with a 2014 TV?"


@pytest.fixture
def open_as(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """A window in which this member is signed in."""
    with ExitStack() as closing:

        def window(member: User, *, script: bool = True) -> Page:
            client = Client()
            client.force_login(member)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context = browser.new_context(base_url=live_server.url, java_script_enabled=script)
            closing.callback(context.close)
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session}
            context.add_cookies([{**cookie, "url": live_server.url}])
            return context.new_page()

        yield window


@pytest.fixture(autouse=True)
def tv_board(transactional_db: None) -> Board:
    return make.board("tv", holds=Board.Holds.QUESTIONS, name="TV")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_ask_answer_solved(
    open_as: Callable[..., Page], customer: User, employee: User, script: bool
) -> None:
    asker = open_as(customer, script=script)
    asker.goto("/forum/")
    asker.get_by_role("link", name="Ask a question").click()
    asker.get_by_label("Your question in one line").fill(TITLE)
    asker.get_by_label("What do you want to know?").fill("One HDMI socket, marked ARC.")
    asker.get_by_label("Board").select_option("tv")
    asker.get_by_role("button", name="Ask", exact=True).click()
    expect(asker.get_by_role("heading", level=1)).to_have_text(TITLE)

    staff = open_as(employee, script=script)
    staff.goto("/forum/t/unanswered/")
    staff.get_by_role("link", name=TITLE).click()
    staff.get_by_label("Your reply").fill("Use the socket marked ARC.")
    staff.get_by_label("Northline — Employee").check()
    staff.get_by_role("button", name="Post reply").click()
    expect(staff.locator("#post-2")).to_contain_text("Northline — Employee")

    asker.reload()
    expect(asker.locator("#post-2")).to_contain_text("Northline answer")
    asker.get_by_role("button", name="This solved it").click()
    expect(asker.locator(".pill", has_text="Solved")).to_be_visible()
    expect(asker.get_by_role("heading", name="This solved it")).to_be_visible()


def press_until(page: Page, words: str) -> None:
    """Go on with Tab until the focus stands on what is called so."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if words in page.evaluate(NAME_IN_FOCUS):
            return
    pytest.fail(f"no way to {words} by keyboard")


def test_asking_by_keyboard_only(open_as: Callable[..., Page], customer: User) -> None:
    page = open_as(customer)
    page.goto("/forum/")
    press_until(page, "Ask a question")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forum/ask/")
    for label, words in (
        ("Your question in one line", TITLE),
        ("What do you want to know?", "One HDMI socket."),
        ("Board", "TV"),
    ):
        press_until(page, label)
        page.keyboard.type(words)
    press_until(page, "Ask")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert Topic.objects.get().author == customer


def test_me_too_swaps_in_place(
    open_as: Callable[..., Page], customer: User, advocate: User
) -> None:
    topic = make.question(TITLE, by=customer)
    page = open_as(advocate)
    page.goto(topic.get_absolute_url())
    page.get_by_role("button", name="I have this too").click()

    expect(page.locator("#me-too")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#me-too")).to_contain_text("1")
