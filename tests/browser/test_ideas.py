"""Post an idea, vote and undo it: by mouse, by keyboard only, without script, on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from community.people.models import User
from forum.models import Board
from ideas.models import Idea
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "Benches for people who cannot stand in line"
NAME_IN_FOCUS = "() => document.activeElement.innerText ?? ''"
CLASS_IN_FOCUS = "() => document.activeElement.className"
WRAPPED = """() => [...document.querySelectorAll('.vote b, .vote span:not(.visually-hidden)')]
    .filter(it => it.getClientRects().length > 1).length"""


@pytest.fixture
def open_as(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """A window in which this member, or a stranger, is."""
    with ExitStack() as closing:

        def window(member: User | None, *, script: bool = True, width: int = 1280) -> Page:
            context = browser.new_context(
                base_url=live_server.url,
                java_script_enabled=script,
                viewport={"width": width, "height": 800},
            )
            closing.callback(context.close)
            if member is not None:
                client = Client()
                client.force_login(member)
                session = client.cookies[settings.SESSION_COOKIE_NAME].value
                cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session}
                context.add_cookies([{**cookie, "url": live_server.url}])
            return context.new_page()

        yield window


@pytest.fixture(autouse=True)
def stores(transactional_db: None) -> Board:
    return make.board("stores", name="In our stores")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_idea_is_posted(open_as: Callable[..., Page], customer: User, script: bool) -> None:
    page = open_as(customer, script=script)
    page.goto("/ideas/")
    page.get_by_role("link", name="Post an idea").first.click()
    page.get_by_label("Your idea in one line").fill("Benches")
    page.get_by_label("Topic").select_option("stores")
    page.get_by_role("button", name="Post idea").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_role("link", name="Enter a title of at least 10 characters.").click()
    page.get_by_label("Your idea in one line").fill(TITLE)
    page.get_by_label("What happens today").fill("I use a stick. The wait is 45 minutes.")
    page.get_by_role("button", name="Post idea").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator(".vote__button")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Your idea is posted")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("start", ["list", "idea"])
def test_a_vote_is_one_press_and_so_is_undo(
    open_as: Callable[..., Page], customer: User, script: bool, start: str
) -> None:
    idea = make.idea(TITLE)
    page = open_as(customer, script=script)
    page.goto("/ideas/" if start == "list" else idea.get_absolute_url())

    page.locator(".vote__button").click()
    button = page.locator(".vote__button")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-idea]")).to_have_attribute("data-votes", "2")
    expect(page.get_by_text("You will hear once when it is decided")).to_be_visible()

    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".vote__button")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-idea]")).to_have_attribute("data-votes", "1")


def test_with_script_the_page_stays_and_the_focus_too(
    open_as: Callable[..., Page], customer: User
) -> None:
    make.idea(TITLE)
    page = open_as(customer)
    page.goto("/ideas/?sort=new")

    page.locator(".vote__button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".vote__button")).to_have_attribute("aria-pressed", "true")

    assert page.url.endswith("/ideas/?sort=new")
    assert "voted" in page.evaluate(NAME_IN_FOCUS)


def test_the_vote_is_four_keys_after_the_skip_link(
    open_as: Callable[..., Page], customer: User
) -> None:
    idea = make.idea(TITLE)
    page = open_as(customer, script=False)
    page.goto(idea.get_absolute_url())

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    keys = 0
    while page.evaluate(CLASS_IN_FOCUS) != "vote__button":
        page.keyboard.press("Tab")
        keys += 1
        assert keys <= 4
    page.keyboard.press("Enter")

    expect(page.locator(".vote__button")).to_have_attribute("aria-pressed", "true")
    assert Idea.objects.get().vote_count == 2


def test_a_comment_without_script(open_as: Callable[..., Page], customer: User) -> None:
    idea = make.idea(TITLE)
    page = open_as(customer, script=False)
    page.goto(idea.get_absolute_url())
    page.get_by_label("Add a comment").fill("Four seats would do.")
    page.get_by_role("button", name="Post comment").click()

    expect(page.locator("#post-2")).to_contain_text("Four seats would do.")


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("known", [True, False], ids=["member", "stranger"])
def test_nothing_is_wider_than_the_screen(
    open_as: Callable[..., Page], customer: User, width: int, known: bool
) -> None:
    idea = make.idea("Wi" + "fi" * 59, votes=3, tags=["a-rather-long-tag-of-thirty-ch"])
    Idea.objects.filter(pk=idea.pk).update(vote_count=99_999)
    page = open_as(customer if known else None, width=width)
    for address in ("/ideas/", idea.get_absolute_url(), "/ideas/new/", "/ideas/decided/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.evaluate(WRAPPED) == 0
        assert page.locator("form form").count() == 0


def test_on_a_phone_the_vote_stays_under_the_thumb(
    open_as: Callable[..., Page], customer: User
) -> None:
    idea = make.idea(TITLE, body="A long story.\n\n" * 60)
    page = open_as(customer, width=390)
    page.goto(idea.get_absolute_url())
    page.mouse.wheel(0, 2000)

    box = page.locator(".vote__button").bounding_box()
    assert box is not None
    assert 700 < box["y"] < 800
    page.locator(".vote__button").click()
    expect(page.locator(".vote__button")).to_have_attribute("aria-pressed", "true")
