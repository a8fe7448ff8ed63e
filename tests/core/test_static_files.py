"""Collected, sheets are one and scripts are one: hashed, compressed, within their budget."""

import gzip
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import override_settings

from community.core import static_files
from community.core.templatetags import heard

JOINED = "community.core.static_files.JoinedStaticFilesStorage"
SHEET_BUDGET = 10_000  # bytes of gzip
SCRIPT_BUDGET = 25_000


def collecting(folder: Path) -> override_settings:
    """Settings of a process that serves the files collected in a folder, in green."""
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": JOINED}}
    return override_settings(STATIC_ROOT=folder, STORAGES=storages, BRAND_HUE=140)


def collect(folder: Path) -> None:
    with collecting(folder):
        call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static")
    collect(folder)
    return folder


def hashed(folder: Path, name: str) -> Path:
    """The file that pages link to for a name."""
    manifest = json.loads((folder / "staticfiles.json").read_text())
    return folder / manifest["paths"][name]


def test_the_joined_sheet_names_the_layers_first_and_the_operators_hue_last(collected):
    sheet = hashed(collected, "heard.css").read_text()

    assert sheet.startswith("@layer reset,base,layout,components,utilities;")
    assert ".vote__button" in sheet
    assert sheet.rstrip().endswith("--hue:140}}")
    assert "/*" not in sheet


def test_the_joined_module_holds_htmx_and_each_element_in_a_block(collected):
    module = hashed(collected, "heard.js").read_text()

    assert module.startswith("{\nvar htmx=")
    assert 'customElements.define("busy-form"' in module
    assert 'customElements.define("draft-form"' in module


def test_both_stay_within_their_budget_and_come_compressed(collected):
    for name, budget in (("heard.css", SHEET_BUDGET), ("heard.js", SCRIPT_BUDGET)):
        file = hashed(collected, name)
        packed = file.with_name(f"{file.name}.gz")

        assert packed.exists()
        assert len(gzip.compress(file.read_bytes())) <= budget


def test_collecting_twice_changes_no_address(collected):
    before = hashed(collected, "heard.css"), hashed(collected, "heard.js")

    collect(collected)

    assert (hashed(collected, "heard.css"), hashed(collected, "heard.js")) == before


def test_a_script_that_imports_cannot_be_joined():
    with pytest.raises(ImproperlyConfigured, match="cannot be joined"):
        static_files.join_scripts(["import thing from './thing.js';"])


def test_pages_link_each_file_while_developing():
    assert not isinstance(staticfiles_storage, static_files.JoinedStaticFilesStorage)

    links = heard.stylesheets()

    assert links.index("css/layers.css") < links.index("css/base.css")
    assert "/theme/hue.css" in links
    assert "js/busy-form.js" in heard.scripts()


def test_pages_link_one_sheet_and_one_module_when_collected(collected):
    with collecting(collected):
        links, scripts = heard.stylesheets(), heard.scripts()

    assert links.count("<link") == 1
    assert scripts.count("<script") == 1
    assert hashed(collected, "heard.css").name in links
