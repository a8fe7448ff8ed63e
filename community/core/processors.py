"""What the frame of every page needs: the brand, the theme and who reads. Costs no query."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

THEME_COOKIE = "theme"
THEMES = ("system", "light", "dark")


def brand() -> dict[str, object]:
    """The operator's name, company and hue."""
    return {
        "name": settings.BRAND_NAME,
        "company": settings.BRAND_COMPANY,
        "hue": settings.BRAND_HUE,
    }


def theme_of(request: HttpRequest) -> str:
    """The theme that the reader chose; the system's where nothing sensible was chosen."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else THEMES[0]


def frame(request: HttpRequest) -> dict[str, object]:
    """`brand`, `theme`, `debug`, and `reader`, whose session is opened when a page first asks."""
    return {
        "brand": brand(),
        "theme": theme_of(request),
        "debug": settings.DEBUG,
        "reader": SimpleLazyObject(lambda: request.user),
    }
