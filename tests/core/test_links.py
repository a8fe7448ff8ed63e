"""An address that stands in a template, word for word, is one the site answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve

TEMPLATES = Path(settings.BASE_DIR) / "templates"
WRITTEN_OUT = re.compile(r'(?:href|action|hx-(?:get|post))="(/[^"{?#]*)["?#]')
FOUND = sorted(
    {
        (address, str(page.relative_to(TEMPLATES)))
        for page in TEMPLATES.rglob("*.html")
        for address in WRITTEN_OUT.findall(page.read_text())
        if not address.startswith("/static/")
    }
)


@pytest.mark.parametrize(("address", "page"), FOUND)
def test_it_leads_somewhere(address, page):
    assert resolve(address)
