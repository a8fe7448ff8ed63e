"""Making a letter: subject, plain text and HTML from one pair of templates.

`<name>.txt` extends `layout/mail.txt` and fills the blocks `subject` and `content`; `<name>.html`
extends `layout/mail.html` and fills `content`. A template without a text may not be; one without
HTML makes a letter of text only.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from css_inline import CSSInliner
from django.conf import settings
from django.template import Context, TemplateDoesNotExist, engines
from django.template.backends.django import DjangoTemplates
from django.urls import reverse
from django.utils.translation import gettext as _

from .colours import colours_of
from .models import Category
from .tokens import token_for, unsubscribe_path

LONGEST_SUBJECT = 150
_inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


@dataclass(frozen=True)
class Letter:
    """What a mail says. `place` stands where the recipient's own unsubscribe token belongs."""

    subject: str
    text: str
    html: str
    category: str
    place: str

    def to(self, user_id: int | None) -> Letter:
        """The letter as this member gets it."""
        if not self.category or user_id is None:
            return self
        token = token_for(user_id, self.category)
        own = {name: getattr(self, name).replace(self.place, token) for name in ("text", "html")}
        return replace(self, **own)


def write_letter(template: str, context: Mapping[str, Any], *, category: str) -> Letter:
    """Render the letter once, for however many recipients."""
    place = secrets.token_hex(16)
    context = {**_frame(category, place), **context}
    plain = _render(f"{template}.txt", context, is_html=False).strip()
    subject, _newline, text = plain.partition("\n")
    return Letter(
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        text=_tidy(text),
        html=_html(template, context),
        category=category,
        place=place,
    )


def _html(template: str, context: Mapping[str, Any]) -> str:
    """The HTML with its style sheet written into its elements; "" where there is no template."""
    try:
        return _inliner.inline(_render(f"{template}.html", context, is_html=True))
    except TemplateDoesNotExist as missing:
        if str(missing) != f"{template}.html":
            raise
        return ""


def _frame(category: str, place: str) -> dict[str, Any]:
    """What every letter's frame says beside its content."""
    frame: dict[str, Any] = {
        "brand": {"name": settings.BRAND_NAME, "company": settings.BRAND_COMPANY},
        "colours": colours_of(settings.BRAND_HUE),
        "site_url": settings.SITE_URL,
    }
    if category:
        frame |= {
            "because": _because(category),
            "unsubscribe_url": settings.SITE_URL + unsubscribe_path(place),
            "preferences_url": settings.SITE_URL + reverse("preferences"),
        }
    return frame


def _because(category: str) -> str:
    """Why somebody gets this mail, in one sentence."""
    return _("You get this because you chose: %(category)s.") % {
        "category": Category(category).label
    }


def _render(name: str, context: Mapping[str, Any], *, is_html: bool) -> str:
    """Render one template; plain text is escaped nowhere."""
    engine = cast(DjangoTemplates, engines["django"]).engine
    return str(engine.get_template(name).render(Context(dict(context), autoescape=is_html)))


def _tidy(text: str) -> str:
    """Plain text without spaces at line ends, and with never more than one empty line.

    The sign that a signature begins, "-- ", keeps its space (RFC 3676, 4.3).
    """
    lines = [line if line == "-- " else line.rstrip() for line in text.strip().splitlines()]
    kept = [line for n, line in enumerate(lines) if line or lines[n - 1]]
    return "\n".join(kept) + "\n"
