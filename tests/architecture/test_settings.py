"""docs/configure.md explains every setting that is read from the environment, and no other."""

import re
from collections import Counter
from pathlib import Path

from tests.settings_source import names_read

PAGE = Path(__file__).resolve().parents[2] / "docs" / "configure.md"


def names_explained() -> list[str]:
    """The first cell of each table row, when it is a name in code."""
    return re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", PAGE.read_text(), flags=re.MULTILINE)


def test_every_setting_is_explained_and_nothing_else() -> None:
    assert sorted(names_explained()) == sorted(names_read())


def test_each_is_explained_once() -> None:
    assert [name for name, times in Counter(names_explained()).items() if times > 1] == []
