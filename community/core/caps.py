"""What a text in Markdown may hold at most, so that it renders in time. Counted before parsing."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 20_000  # characters


class TextRefused(ValidationError):
    """The text would take too long to render; has a sentence for its writer."""


def require_renderable(text: str) -> None:
    """Raise TextRefused where a text is longer or more tangled than what people write."""
    if len(text) > LONGEST_TEXT:
        raise TextRefused(
            _("This text is too long: %(most)s characters are the most."),
            params={"most": LONGEST_TEXT},
        )
