"""A newcomer's vote is never lost: two fields, three presses, no script, on any device."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Iterator
from email import message_from_string, policy

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.services import wait_until
from tests.site import Site

pytestmark = pytest.mark.browser
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
LINK = re.compile(r"https?://\S+/held/\S+\?code=[0-9]{6}")


@pytest.fixture(params=SIZES)
def device(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A browser with scripting off, of this size."""
    width, height = SIZES[request.param]
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": height}
    )
    yield context
    context.close()


@pytest.fixture
def letter_to(site: Site) -> Callable[[str], tuple[str, str]]:
    """The code in the subject, and the link in the text, of the mail to an address."""

    def read(address: str) -> tuple[str, str]:
        wait_until(lambda: any(address in mail for mail in site.mails()), "the code's mail", 30)
        raw = next(mail for mail in reversed(site.mails()) if address in mail)
        letter = message_from_string(raw, policy=policy.default)
        text = letter.get_body(("plain",))
        assert text is not None
        link = LINK.search(text.get_content())
        assert link is not None
        return str(letter["Subject"])[:6], link[0]

    return read


class Presses:
    """Counts what a visitor presses and fills in."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0
        self.fields = 0

    def press(self, selector: str) -> None:
        self.presses += 1
        self.page.locator(selector).first.click()

    def fill(self, name: str, words: str) -> None:
        self.fields += 1
        self.page.locator(f"input[name={name}]:visible").first.fill(words)


def new_address() -> str:
    return f"newcomer-{secrets.token_hex(4)}@example.com"


def open_idea(page: Page, site: Site) -> int:
    """Go to the first idea that takes votes; answer its votes.

    From its figures, because a stranger's page may be some seconds old.
    """
    page.goto(f"{site.url}/ideas/?sort=new&status=open")
    page.locator(".idea__title a").first.click()
    idea = page.locator("[data-idea]").first.get_attribute("data-idea")
    return int(json.loads(site.get(f"/ideas/{idea}.json"))["votes"])


def votes_on(page: Page) -> int:
    return int(page.locator("[data-idea]").first.get_attribute("data-votes") or "-1")


def test_a_vote_takes_two_fields_and_three_presses(
    device: BrowserContext, site: Site, letter_to: Callable[[str], tuple[str, str]]
) -> None:
    page = device.new_page()
    before = open_idea(page, site)
    visitor, address = Presses(page), new_address()

    visitor.press(".vote__button")
    expect(page.locator("h1")).to_contain_text("Almost counted")
    visitor.fill("email", address)
    visitor.press("main .button--go")
    code, _link = letter_to(address)
    visitor.fill("code", code)
    visitor.press("main .button--go")

    assert (visitor.fields, visitor.presses) == (2, 3)
    expect(page.locator(".vote__button").first).to_have_attribute("aria-pressed", "true")
    assert votes_on(page) == before + 1


def test_the_mail_may_be_opened_on_another_device(
    device: BrowserContext,
    browser: Browser,
    site: Site,
    letter_to: Callable[[str], tuple[str, str]],
) -> None:
    page = device.new_page()
    before = open_idea(page, site)
    address = new_address()
    page.locator(".vote__button").first.click()
    page.locator("input[name=email]:visible").fill(address)
    page.locator("main .button--go").click()
    waiting = page.url

    other = browser.new_context(java_script_enabled=False)
    phone = other.new_page()
    phone.goto(letter_to(address)[1])
    assert phone.locator("main input:visible").count() == 0
    phone.locator("main .button--go").click()
    expect(phone.locator(".vote__button").first).to_have_attribute("aria-pressed", "true")
    assert votes_on(phone) == before + 1
    other.close()

    page.goto(waiting)
    expect(page.locator("h1")).to_have_text("Done")


def test_a_wrong_code_loses_nothing(
    device: BrowserContext, site: Site, letter_to: Callable[[str], tuple[str, str]]
) -> None:
    page = device.new_page()
    before = open_idea(page, site)
    address = new_address()
    page.locator(".vote__button").first.click()
    page.locator("input[name=email]:visible").fill(address)
    page.locator("main .button--go").click()
    code, _link = letter_to(address)

    page.locator("input[name=code]").fill(f"{(int(code) + 1) % 10**6:06}")
    page.locator("main .button--go").first.click()
    expect(page.locator("main")).to_contain_text("4 more tries")
    page.locator("input[name=code]").fill(code)
    page.locator("main .button--go").first.click()

    assert votes_on(page) == before + 1
