"""Every page, as everyone who may open it sees it: no axe violation, nothing wider than the screen.

The pages come from the address table, so a page nobody listed fails in tests/architecture.
"""

from collections.abc import Iterable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from community.people.models import User
from tests.addresses import ADDRESSES, Address
from tests.world import world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
ONLY_COLOURS = {"type": "rule", "values": ["color-contrast"]}  # all that another theme changes
LOOKS = (
    ("light", WIDE, RULES),
    ("dark", WIDE, ONLY_COLOURS),
    ("light", PHONE, RULES),
    ("dark", PHONE, ONLY_COLOURS),
)
NOT_OURS = ("admin:",)  # Django's own pages
DOWNLOADS = ".csv"
FIND = """async options => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  document.getAnimations().forEach(change => change.finish());
  return (await axe.run(document, options)).violations;
}"""


@pytest.fixture
def window(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of our server, whose colours change at once; cookies make it a member's."""
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def sign_in(page: Page, client: Client, url: str) -> None:
    """Let the page have the session of a test client."""
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": url}])


def shown_to(role: str) -> dict[str, Address]:
    """The addresses that answer a page to a role."""
    return {
        name: address
        for name, address in ADDRESSES.items()
        if address.fields is None
        and address.answers[role] == 200
        and not name.startswith(NOT_OURS)
        and not address.path.partition("?")[0].endswith(DOWNLOADS)
    }


def test_every_public_page(window: Page, reviewer: User, moderator: User) -> None:
    none_in(faults_as("signed_out", window, world(reviewer, moderator)))


@pytest.mark.parametrize("role", ["admin", "reviewer"])
def test_every_page_of(
    role: str,
    window: Page,
    live_server: LiveServer,
    reviewer: User,
    moderator: User,
    request: pytest.FixtureRequest,
) -> None:
    sign_in(window, request.getfixturevalue(f"as_{role}"), live_server.url)

    none_in(faults_as(role, window, world(reviewer, moderator)))


@pytest.mark.parametrize(("path", "status"), [("/nowhere/", 404), ("/review/", 403)])
def test_every_refusal(
    path: str, status: int, window: Page, live_server: LiveServer, as_customer: Client
) -> None:
    sign_in(window, as_customer, live_server.url)

    none_in(faults_of(window, path, status))


def none_in(faults: Iterable[str]) -> None:
    """Fail with all of them."""
    found = "\n".join(faults)
    if found:
        pytest.fail(found)


def faults_as(role: str, page: Page, things: dict[str, object]) -> Iterator[str]:
    """What is wrong with all the pages of a role."""
    for name, address in shown_to(role).items():
        for fault in faults_of(page, address.path.format(**things)):
            yield f"{name}: {fault}"


def faults_of(page: Page, path: str, status: int = 200) -> Iterator[str]:
    """What is wrong with a page: its status, and axe's violations and its width in each look."""
    answer = page.goto(path)
    assert answer is not None
    if answer.status != status:
        yield f"{path} answers {answer.status}"
    elif "text/html" in answer.headers["content-type"]:
        page.evaluate(Axe().axe_script)
        for theme, size, rules in LOOKS:
            page.emulate_media(color_scheme=theme)
            page.set_viewport_size(size)
            for fault in faults_in_sight(page, rules):
                yield f"{fault}, {theme}, {size['width']} px"


def faults_in_sight(page: Page, rules: dict[str, object]) -> Iterator[str]:
    """What is wrong with the page in the look it has now."""
    for violation in page.evaluate(FIND, {"runOnly": rules}):
        yield f"{violation['id']} at {[node['target'] for node in violation['nodes']][:2]}"
    needed, given = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if needed > given:
        yield f"{needed} px wide"
