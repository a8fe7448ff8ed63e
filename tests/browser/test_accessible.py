"""Every page, as everyone who may open it sees it: no axe violation, nothing wider than the screen.

The pages come from the address table, so a page nobody listed fails in tests/architecture.
"""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from community.people.models import User
from tests.addresses import ADDRESSES, Address
from tests.world import world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NOT_OURS = ("admin:",)  # Django's own pages


@pytest.fixture
def pages(
    browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest
) -> Iterator[Callable[[str, str], BrowserContext]]:
    """A browser for each role and look, signed in where the role is a member."""
    opened: dict[tuple[str, str], BrowserContext] = {}

    def for_role(role: str, look: str) -> BrowserContext:
        if (role, look) not in opened:
            context = browser.new_context(base_url=live_server.url, **LOOKS[look])
            if role != "signed_out":
                client: Client = request.getfixturevalue(f"as_{role}")
                session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
                context.add_cookies([{**session, "url": live_server.url}])
            opened[role, look] = context
        return opened[role, look]

    yield for_role
    for context in opened.values():
        context.close()


def shown() -> dict[str, Address]:
    """The addresses that answer a page to somebody."""
    return {
        name: address
        for name, address in ADDRESSES.items()
        if address.fields is None
        and 200 in address.answers.values()
        and not name.startswith(NOT_OURS)
    }


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_can_be_used_by_everybody(
    look: str, pages: Callable[[str, str], BrowserContext], reviewer: User, moderator: User
) -> None:
    things = world(reviewer, moderator)
    faults: list[str] = []
    for name, address in shown().items():
        path = address.path.format(**things)
        for role in ("signed_out", "admin"):
            if address.answers[role] == 200:
                page = pages(role, look).new_page()
                faults += [f"{name} as {role}: {fault}" for fault in faults_of(page, path)]
                page.close()

    assert faults == []


def faults_of(page: Page, path: str) -> Iterator[str]:
    """What is wrong with a page: its status, axe's violations, or its width."""
    answer = page.goto(path)
    if answer is None or answer.status != 200:
        yield f"{path} answers {answer.status if answer else 'nothing'}"
        return
    if "text/html" not in answer.headers["content-type"]:
        return
    options = {"runOnly": {"type": "tag", "values": RULES}}
    for violation in Axe().run(page, options=options).response["violations"]:
        where = [node["target"] for node in violation["nodes"]][:2]
        yield f"{violation['id']} at {where}"
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if widths[0] > widths[1]:
        yield f"{widths[0]} px wide in a window of {widths[1]}"
