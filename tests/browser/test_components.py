"""Every component, as the style guide shows it: accessible, whole and legible at each size and theme."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOWN = ("parts", "idea", "topic", "form", "review", "home", "confirm", "empty")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HUES = range(0, 360, 30)
WORST_CONTRAST = """() => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);
  const probe = document.body.appendChild(document.createElement("p"));
  const seen = (name) => { probe.style.color = `var(${name})`; return getComputedStyle(probe).color; };
  const pairs = [["--accent", "--canvas"], ["--accent", "--sunken"], ["--accent", "--accent-soft"],
    ["--on-accent", "--accent"], ["--ink-2", "--accent-soft"], ["--accent-strong", "--accent-soft"]];
  let worst = 21;
  for (let hue = 0; hue < 360; hue++) {
    document.documentElement.style.setProperty("--hue", hue);
    for (const [ink, paper] of pairs) {
      const [dark, bright] = [light(seen(ink)), light(seen(paper))].sort((a, b) => a - b);
      worst = Math.min(worst, (bright + 0.05) / (dark + 0.05));
    }
  }
  return worst;
}"""


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[1280, 390])
def page_of_size(
    request: pytest.FixtureRequest, theme: str, browser: Browser, live_server, settings
) -> Iterator[Page]:
    """A window of a desk or of a phone, in each theme."""
    settings.DEBUG = True
    size = {"width": request.param, "height": 900}
    with browser.new_context(
        viewport=size, color_scheme=theme, base_url=live_server.url
    ) as context:
        yield context.new_page()


@pytest.mark.parametrize("shown", SHOWN)
def test_axe_finds_nothing_and_leaves_no_contrast_undecided(page_of_size: Page, shown: str):
    page_of_size.goto(f"/dev/styleguide/{shown}/")

    found = Axe().run(page_of_size, options={"runOnly": RULES}).response

    assert [(fault["id"], fault["nodes"][0]["target"]) for fault in found["violations"]] == []
    assert [each["id"] for each in found["incomplete"] if each["id"] == "color-contrast"] == []


def test_every_hue_keeps_its_contrast(page_of_size: Page):
    page_of_size.goto("/dev/styleguide/")

    assert page_of_size.evaluate(WORST_CONTRAST) >= 4.5


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("shown", SHOWN)
def test_nothing_scrolls_sideways_and_no_count_wraps(
    page: Page, live_server, settings, shown: str, width: int
):
    settings.DEBUG = True
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}/dev/styleguide/{shown}/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wrapped = "els => els.filter((el) => el.getClientRects().length > 1).length"
    assert page.locator(".vote b").evaluate_all(wrapped) == 0
    assert page.locator("form form").count() == 0
