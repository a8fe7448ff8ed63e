"""The top of the repository holds three packages and the folders around them, nothing else."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {"community", "forum", "ideas"}
FOLDERS = {"bin", "data", "docs", "static", "templates", "tests"}


def folders() -> set[str]:
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    tops = {line.partition("/")[0] for line in files.splitlines() if "/" in line}
    return {top for top in tops if not top.startswith(".")}


def test_nothing_else_stands_at_the_top() -> None:
    assert folders() == PACKAGES | FOLDERS


def test_only_the_three_are_packages() -> None:
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} == PACKAGES


def test_tests_hold_no_package_that_could_shadow_a_real_one() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []
