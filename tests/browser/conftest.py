"""What every journey needs: the database beside the browser, and windows on our server."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.site import Site


@pytest.fixture(autouse=True, scope="session")
def orm_beside_playwright() -> Iterator[None]:
    """Playwright runs a loop in this thread, which Django would take for an async caller."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def open_guide(
    browser: Browser, live_server: LiveServer, settings
) -> Iterator[Callable[..., Page]]:
    """Open a sheet of the style guide, which only developers see, in a window of a width."""
    settings.DEBUG = True
    with ExitStack() as closing:

        def open_sheet(shown: str, *, width: int = 1280, theme: str = "light") -> Page:
            context = browser.new_context(
                base_url=live_server.url,
                color_scheme=theme,
                viewport={"width": width, "height": 900},
            )
            closing.callback(context.close)
            page = context.new_page()
            page.goto(f"/dev/styleguide/{shown}/")
            return page

        yield open_sheet


@pytest.fixture
def enter(browser: Browser, site: Site) -> Iterator[Callable[[str], Page]]:
    """A window of one of the demo's people on the running product, signed in as they would."""
    with ExitStack() as closing:

        def window(name: str) -> Page:
            context = browser.new_context(base_url=site.url)
            closing.callback(context.close)
            page = context.new_page()
            page.goto("/accounts/login/")
            page.locator("[name=login]").fill(f"{name}@example.com")
            page.locator("[name=password]").fill("demo")
            page.locator("[name=password]").press("Enter")
            expect(page.locator(".bell[href='/notifications/']")).to_be_visible()
            return page

        yield window
