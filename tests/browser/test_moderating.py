"""Report, hide, restore on the running product: who reads what meanwhile, and what is logged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site import Site

pytestmark = pytest.mark.browser

TOPIC = "Laptop screen flickers since the last update"
RUDE = "Only a fool would ask this."
REASON = "Please keep to the question, not to the person."


def test_a_rude_reply_is_reported_hidden_and_restored(
    site: Site, enter: Callable[[str], Page], browser: Browser
) -> None:
    author, reader, moderator = enter("advocate"), enter("customer"), enter("moderator")
    stranger = browser.new_context(base_url=site.url).new_page()
    place = reply_rudely(author)
    report(reader, place)
    hide(moderator)

    for page in (reader, stranger):
        page.goto(place)
        expect(page.get_by_text(RUDE)).to_have_count(0)
    author.goto(place)
    expect(author.locator("[data-hidden]")).to_contain_text(REASON)

    restore(moderator, place)
    stranger.goto(place)
    expect(stranger.get_by_text(RUDE)).to_be_visible()
    moderator.goto("/moderation/log/")
    log = moderator.get_by_role("listitem").filter(has_text=TOPIC)
    expect(log.filter(has_text=REASON)).to_have_count(1)
    expect(log.filter(has_text="It was meant kindly.")).to_have_count(1)
    stranger.context.close()


def reply_rudely(page: Page) -> str:
    """Answer the question badly; the page of what was written."""
    page.goto("/forum/t/unanswered/")
    page.get_by_role("link", name=TOPIC).click()
    page.get_by_label("Your reply").fill(RUDE)
    page.get_by_role("button", name="Post reply").click()
    post = page.locator(".post", has_text=RUDE)
    href = post.locator(".post__at").first.get_attribute("href") or ""
    return href.partition("#")[0]


def report(page: Page, place: str) -> None:
    """Say what is wrong with it."""
    page.goto(place)
    post = page.locator(".post", has_text=RUDE)
    post.get_by_text("More").click()
    post.get_by_role("link", name="Report").click()
    page.get_by_role("radio").first.check()
    page.get_by_label("Anything a moderator should know").fill("That is uncalled for.")
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_role("status").first).to_be_visible()


def hide(page: Page) -> None:
    """Find it in the queue, behind what a gate holds, with what was said about it, and hide it."""
    page.goto("/moderation/")
    expect(page.get_by_role("heading", name="What was held")).to_be_visible()
    page.get_by_role("link", name="Skip", exact=True).click()
    expect(page.locator(".posts--reported")).to_contain_text(RUDE)
    expect(page.get_by_text("That is uncalled for.")).to_be_visible()
    page.get_by_label("Reason, in words for the author").fill(REASON)
    page.get_by_role("button", name="Hide", exact=True).click()
    expect(page.get_by_role("status").first).to_be_visible()
    expect(page.get_by_text("That is uncalled for.")).to_have_count(0)


def restore(page: Page, place: str) -> None:
    """Show it again, with the reason."""
    page.goto(place)
    hidden = page.locator("[data-hidden]")
    hidden.get_by_text("More").click()
    hidden.get_by_role("link", name="Restore").click()
    page.get_by_label("Reason, in words for the author").fill("It was meant kindly.")
    page.locator("main .button--go").click()
    expect(page.locator(".post", has_text=RUDE)).to_be_visible()
