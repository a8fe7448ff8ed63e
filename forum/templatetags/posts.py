"""`{% posts rows %}`: posts as they stand in a list, twenty to a page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.core.row_templates import render_rows

from ..pages import PostRow

register = template.Library()


@register.simple_tag(takes_context=True)
def posts(
    context: template.Context, rows: Iterable[PostRow], *, in_case: bool = False
) -> SafeString:
    """The rows, one `li` each. Beside a moderator's case they do not offer to publish.

    A stranger's page is given no token.
    """
    is_member = context["user"].is_authenticated
    return render_rows(
        "forum/_posts.jinja",
        posts=rows,
        in_case=in_case,
        is_member=is_member,
        token=_token(context) if is_member else "",
        **_phrases(get_language()),
    )


def _token(context: template.Context) -> SafeString:
    """What `{% csrf_token %}` writes."""
    field = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    return format_html(field, context["csrf_token"])


@lru_cache(maxsize=16)
def _phrases(language: str | None) -> dict[str, Any]:
    """The phrases of a row in this language."""
    return {
        "answer": _("Answer this"),
        "edit": _("Edit"),
        "edited": _("Edited"),
        "held": _("Waits for a moderator before others can read it."),
        "helpful": _("Helpful"),
        "hidden_because": _("Hidden by a moderator:"),
        "hide": _("Hide"),
        "more": _("More"),
        "permalink": _("Link to this"),
        "publish": _("Publish"),
        "report": _("Report"),
        "restore": _("Restore"),
        "show_hidden": _("Show what was hidden"),
        "solved_it": _("This solved it"),
        "staff": _("Staff"),
        "take_back": _("Take back"),
        "unhelpful": _("Not helpful?"),
    }
