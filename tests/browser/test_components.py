"""Every component, as the style guide shows it: accessible, whole and legible at each size."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOWN = ("parts", "idea", "topic", "form", "review", "home", "confirm", "empty")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
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
  const probe = document.body.appendChild(document.createElement("p"));
  const seen = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const pairs = [["--accent", "--canvas"], ["--accent", "--sunken"], ["--on-accent", "--accent"],
    ["--accent", "--accent-soft"], ["--accent-strong", "--accent-soft"],
    ["--ink-2", "--accent-soft"]];
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


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("shown", SHOWN)
def test_axe_finds_nothing_and_leaves_no_contrast_undecided(
    open_guide: Callable[..., Page], shown: str, width: int, theme: str
) -> None:
    page = open_guide(shown, width=width, theme=theme)

    found = Axe().run(page, options={"runOnly": RULES}).response

    assert [(fault["id"], fault["nodes"][0]["target"]) for fault in found["violations"]] == []
    assert [each["id"] for each in found["incomplete"] if each["id"] == "color-contrast"] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_hue_keeps_its_contrast(open_guide: Callable[..., Page], theme: str) -> None:
    page = open_guide("parts", theme=theme)

    assert page.evaluate(WORST_CONTRAST) >= 4.5


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("shown", SHOWN)
def test_nothing_scrolls_sideways_and_no_count_wraps(
    open_guide: Callable[..., Page], shown: str, width: int
) -> None:
    page = open_guide(shown, width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wrapped = "els => els.filter((el) => el.getClientRects().length > 1).length"
    assert page.locator(".vote b").evaluate_all(wrapped) == 0
    assert page.locator("form form").count() == 0
