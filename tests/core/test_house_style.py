"""Sheets, scripts and templates keep the house style that a strict policy and a re-skin rest on."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from community.core.icons import ICONS

ROOT = Path(settings.BASE_DIR)
SHEETS = sorted((ROOT / "static/css").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))
NO_ELEMENT = {"htmx-settings"}  # it says how htmx behaves, which is one thing for the whole page
TEMPLATES = sorted(
    path
    for kind in ("*.html", "*.jinja")
    for path in (ROOT / "templates").rglob(kind)
    if "mail" not in path.as_posix()
)
ICON = re.compile(r"{% (?:icon|pill) [\"']([\w-]+)[\"']|{{ '([\w-]+)'\|icon }}")
LONGEST_SHEET, LONGEST_SCRIPT = 150, 60  # lines


def named_icons() -> Iterator[tuple[str, str]]:
    for path in TEMPLATES:
        for in_tag, in_row in ICON.findall(path.read_text()):
            yield path.name, in_tag or in_row


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_has_no_ids_and_forces_nothing(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)

    assert "!important" not in text
    assert not re.search(r"#[\w-]+[^;{}]*{", text)
    assert len(path.read_text().splitlines()) <= LONGEST_SHEET


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_one_element_and_says_what_happens_without_it(path):
    text = path.read_text()

    is_element = path.stem not in NO_ELEMENT
    assert text.startswith(f"/* <{path.stem}" if is_element else "/* ")
    assert "Without it:" in text
    assert text.count("customElements.define") == int(is_element)
    assert len(text.splitlines()) < LONGEST_SCRIPT


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_has_nothing_inline(path):
    text = path.read_text()

    assert not re.search(r"<[^>%]*\sstyle=", text)
    assert not re.search(r"<[^>%]*\son[a-z]+=", text)
    assert "<style" not in text
    assert "<script" not in text


def test_every_icon_that_a_template_names_is_drawn():
    missing = [(page, name) for page, name in named_icons() if name not in ICONS]

    assert [each for each in missing if each[1] != "plain"] == []


@pytest.mark.parametrize("shown", ["parts", "idea", "topic", "form", "review", "home"])
def test_the_style_guide_shows_every_component_to_developers(settings, client: Client, shown):
    settings.DEBUG = True

    assert client.get(f"/dev/styleguide/{shown}/").status_code == 200
