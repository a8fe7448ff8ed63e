"""The words of the demo story, from data/demo/."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from django.conf import settings


@cache
def content(name: str) -> dict[str, Any]:
    """One file of the story: `people`, `ideas` or `questions`."""
    text = (settings.BASE_DIR / "data" / "demo" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
