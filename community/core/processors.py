"""What every page knows: the brand, the theme and who reads. Costs no query and no session."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark", "system")


def theme_of(request: HttpRequest) -> str:
    """The chosen theme, from its cookie; the system's where nothing sensible was chosen."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else "system"


def frame(request: HttpRequest) -> dict[str, Any]:
    """`brand`, `theme` and `reader` for the frame of a page."""
    return {
        "brand": {
            "name": settings.BRAND_NAME,
            "company": settings.BRAND_COMPANY,
            "hue": settings.BRAND_HUE,
        },
        "theme": theme_of(request),
        "reader": getattr(request, "user", None),
        "debug": settings.DEBUG,
    }
