"""On a phone nothing that people write makes a page wider than the screen, script or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from community.people.models import User
from ideas.actions import comment
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (390, 320)
CODE = "const total = cart.map(line => line.price * line.count); "
DAYS = [f"day number {number}" for number in range(12)]
TEXTS = (
    f"Look:\n\n```\n{CODE * 4}\n```",
    f"|{'|'.join(DAYS)}|\n|{'---|' * 12}\n|{'|'.join(['08:00-21:00'] * 12)}|",
    f"See https://shop.example.com/{'a-very-long-part-of-a-path/' * 12}",
    f"Y{'e' * 400}s!",
    f"Use `{'x' * 300}` there.",
    f"{'>' * 8} {'Deep ' * 30}",
    f"- one\n  - two\n    - three\n      - {'w' * 200}",
)
IS_READABLE = """async it => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    it.getAnimations().forEach(change => change.finish());
    const { color, backgroundColor } = getComputedStyle(it);
    return color !== backgroundColor;
}"""
EVERYTHING = "\n\n".join(TEXTS)


@pytest.fixture
def open_as(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """A phone on which this member is signed in."""
    with ExitStack() as closing:

        def window(member: User, *, script: bool = False) -> Page:
            context = browser.new_context(
                base_url=live_server.url,
                java_script_enabled=script,
                viewport={"width": 390, "height": 844},
            )
            closing.callback(context.close)
            client = Client()
            client.force_login(member)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session}
            context.add_cookies([{**cookie, "url": live_server.url}])
            return context.new_page()

        yield window


def overflow(page: Page) -> dict[int, int]:
    """How much wider than the screen the page is, by the screen's width, where it is."""
    page.wait_for_load_state("load")  # without its sheets every page is wide
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        found[width] = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return {width: by for width, by in found.items() if by}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_comment_of_any_text_fits(
    open_as: Callable[..., Page], customer: User, script: bool
) -> None:
    page = open_as(customer, script=script)
    page.goto(make.idea("Benches for people who wait").get_absolute_url())

    page.get_by_label("Add a comment").fill(EVERYTHING)
    page.get_by_role("button", name="Post comment").click()

    expect(page.locator("#post-2")).to_be_visible()
    assert overflow(page) == {}


def test_an_idea_and_its_history_of_any_text_fit(
    open_as: Callable[..., Page], customer: User
) -> None:
    idea = make.idea("W" * 120, body=EVERYTHING, by=customer)
    page = open_as(customer)

    for address in (idea.get_absolute_url(), f"/ideas/{idea.pk}/history/", "/ideas/"):
        page.goto(address)
        assert overflow(page) == {}, address


def test_an_answer_of_staff_of_any_text_fits(open_as: Callable[..., Page], employee: User) -> None:
    idea, question = make.idea("Benches for people who wait"), make.question()
    comment(idea, text=EVERYTHING, by=employee, as_staff=True)
    post = make.post(question, EVERYTHING, by=employee, as_staff=True)
    page = open_as(employee)

    for address in (
        idea.get_absolute_url(),
        post.get_absolute_url(),
        question.get_absolute_url(),
        "/answers/",
        "/forum/",
        f"/ideas/{idea.pk}/comments/?to=2",
        f"/forum/t/{question.pk}/reply/?to={post.no}",
        f"/report/?kind=post&id={post.pk}",
    ):
        page.goto(address)
        assert overflow(page) == {}, address


def test_the_vote_stays_readable_under_the_thumb_that_gave_it(
    open_as: Callable[..., Page], customer: User
) -> None:
    page = open_as(customer, script=True)
    page.goto(make.idea("Benches for people who wait").get_absolute_url())

    button = page.locator(".idea-head .vote__button")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.hover()  # which on a phone stays where the thumb was

    assert button.evaluate(IS_READABLE)
