"""Templates of what stands many times on a page: Jinja2 compiles them to Python, once a process.

They lie beside the others as `*.jinja`, escape what they are given as those do, and fail on a name
they were not given. Decision 13 says why.
"""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .icons import ICONS
from .templatetags.heard import ago


def render_rows(name: str, **given: Any) -> SafeString:
    """What the template says of these values, ready to stand in a page."""
    return SafeString(_environment().get_template(name).render(given))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(settings.BASE_DIR / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=settings.DEBUG,
    )
    environment.filters["ago"] = ago
    environment.filters["icon"] = ICONS.__getitem__  # of a constant name: drawn when it is compiled
    return environment
