"""What is installed is pinned with hashes, the same for running and for developing."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = ["requirements.txt", "requirements-dev.txt", "requirements-meaning.txt"]
PIN = re.compile(r"^([a-z0-9-]+==[^ ]+)(?: ;[^\\]*)? \\\n((?:    --hash=.*\n)+)", re.MULTILINE)


def pins(file: str) -> set[str]:
    return {pin for pin, _ in PIN.findall((ROOT / file).read_text())}


@pytest.mark.parametrize("file", FILES)
def test_every_line_is_a_pin_with_its_hashes(file: str) -> None:
    rest = PIN.sub("", (ROOT / file).read_text())

    assert [line for line in rest.splitlines() if not line.lstrip().startswith("#")] == []


def test_development_uses_the_very_pins_of_the_product() -> None:
    assert pins("requirements.txt")
    assert pins("requirements.txt") <= pins("requirements-dev.txt")


@pytest.mark.parametrize("file", FILES)
def test_no_package_index_is_named(file: str) -> None:
    text = (ROOT / file).read_text()

    assert "://" not in text
    assert "--index" not in text
