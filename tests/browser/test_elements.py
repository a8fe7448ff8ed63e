"""What script adds: messages to dismiss, menus that close, drafts, counts, a single sending."""

import json
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_message_stays_until_it_is_dismissed(open_guide: Callable[..., Page]) -> None:
    guide = open_guide("parts")
    guide.goto("/dev/styleguide/parts/?message=1")
    expect(guide.get_by_role("status").first).to_contain_text("Your vote counts.")

    guide.get_by_role("button", name="Dismiss").click()

    expect(guide.locator("toast-message")).to_have_count(0)


def test_htmx_knows_how_to_behave_before_it_begins(open_guide: Callable[..., Page]) -> None:
    guide = open_guide("parts")
    refused: list[str] = []
    guide.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)

    guide.reload()

    settings = guide.locator("meta[name=htmx-config]").get_attribute("content") or ""
    assert json.loads(settings)["allowEval"] is False
    expect(guide.locator("style")).to_have_count(0)  # it writes one unless told not to
    assert refused == []


def test_escape_closes_a_menu_and_gives_the_focus_back(open_guide: Callable[..., Page]) -> None:
    guide = open_guide("idea")
    opener = guide.locator(".menu > summary").first
    opener.click()
    expect(guide.locator("details.menu[open]")).to_have_count(1)

    guide.keyboard.press("Escape")

    expect(guide.locator("details.menu[open]")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_click_elsewhere_closes_a_menu(open_guide: Callable[..., Page]) -> None:
    guide = open_guide("idea")
    guide.locator(".menu > summary").first.click()

    guide.get_by_role("heading", level=1).click()

    expect(guide.locator("details.menu[open]")).to_have_count(0)


def test_a_faulty_form_takes_the_focus_to_what_is_wrong(open_guide: Callable[..., Page]) -> None:
    guide = open_guide("form")
    expect(guide.locator(".error-summary")).to_be_focused()


def test_a_title_that_is_too_long_is_counted_and_not_cut(open_guide: Callable[..., Page]) -> None:
    guide = open_guide("form")
    guide.get_by_label("Your idea in one line").fill("x" * 130)

    expect(guide.locator("char-count")).to_have_text("10 characters too many")


def test_what_is_typed_becomes_a_draft(open_guide: Callable[..., Page]) -> None:
    guide = open_guide("form")
    sent: list[dict[str, list[str]]] = []

    def keep(route: Route) -> None:
        sent.append(parse_qs(route.request.post_data or ""))
        route.fulfill(status=204)

    guide.route("**/drafts/", keep)
    guide.get_by_label("Your idea in one line").fill("Wi-fi in every store")

    expect(guide.get_by_text("Draft saved")).to_be_visible()
    assert sent[0]["key"] == ["ideas.new"]
    assert json.loads(sent[0]["payload"][0])["title"] == "Wi-fi in every store"


def test_a_second_click_does_not_send_a_form_again(open_guide: Callable[..., Page]) -> None:
    guide = open_guide("form")
    sent: list[str] = []

    def take(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    guide.route("**/dev/styleguide/form/", take)
    button = guide.get_by_role("button", name="Post idea")

    button.evaluate("button => { button.click(); button.click(); }")

    expect(guide.locator("form[aria-busy=true] [data-pressed]")).to_have_count(1)
    assert sent == ["POST"]
