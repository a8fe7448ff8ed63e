"""Who is about to post sees, in the running product, who has said it already."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.site import Site

pytestmark = pytest.mark.browser


def test_a_title_brought_along_is_looked_up_at_once(
    site: Site, enter: Callable[[str], Page]
) -> None:
    page = enter("stranger")

    page.goto("/ideas/new/?title=Wireless+internet+in+the+stores")

    expect(page.locator("#similar")).to_contain_text("Free wi-fi in the stores")


def test_half_a_second_after_a_key_the_same_idea_stands_there_with_its_vote(
    site: Site, enter: Callable[[str], Page]
) -> None:
    page = enter("stranger")
    page.goto("/ideas/new/")

    page.get_by_label("Your idea in one line").press_sequentially("Wirless internet in the shops")

    expect(page.locator("#similar [data-votes]").first).to_be_visible()
    expect(page.locator("#similar")).to_contain_text("Free wi-fi in the stores")
