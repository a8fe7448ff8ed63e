"""The small words of our templates: icons, pills, numbers, moments, fields and the frame's links.

None of them asks the database. Those that stand in rows (`icon`, `pill`, `votes`, `ago`, `day`)
cost a few microseconds.
"""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BoundField, Field
from django.template.base import FilterExpression, Parser, TextNode, Token
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .. import static_files
from ..forms import OF_NO_FIELD
from ..icons import ICONS
from ..wording import ago_words, day_words, grouped_number, local_day, moment_words, short_number

register = template.Library()

SECTIONS = ("/ideas/decided/", "/ideas/", "/forum/", "/answers/", "/review/", "/moderation/")
BELONGS_TO = {"/ideas/roadmap/": "/ideas/decided/", "/ideas/numbers/": "/ideas/decided/"}
UNDO = "undo:"
NAMELESS = ("max_length", "null_characters_not_allowed")
HUE_SHEET = "/theme/hue.css"


class IconNode(template.Node):
    """An icon whose name is known when the page is made, or that gets a name of its own."""

    def __init__(self, name: FilterExpression, into: str) -> None:
        self.name = name
        self.into = into

    def render(self, context: template.Context) -> str:
        drawn = ICONS.get(self.name.resolve(context), SafeString())
        if self.into:
            context[self.into] = drawn
            return ""
        return drawn


@register.tag
def icon(parser: Parser, token: Token) -> template.Node:
    """`{% icon "store" %}`: inline SVG; nothing for a name that has none. `as x` keeps it.

    What is named in the template is drawn when the template is read.
    """
    _tag, name, *rest = token.split_contents()
    if rest and (len(rest) != 2 or rest[0] != "as"):
        raise template.TemplateSyntaxError("{% icon %} takes a name, and perhaps `as`.")
    if name[0] in "\"'" and not rest:
        return TextNode(ICONS.get(name[1:-1], ""))
    return IconNode(parser.compile_filter(name), rest[1] if rest else "")


@register.simple_tag
def pill(kind: str, words: str) -> SafeString:
    """A status as icon, words and colour: `{% pill idea.status idea.get_status_display %}`."""
    return _pill(kind, str(words))


@lru_cache(maxsize=512)
def _pill(kind: str, words: str) -> SafeString:
    return format_html(
        '<span class="pill" data-kind="{}">{}{}</span>', kind, ICONS.get(kind, ""), words
    )


@register.filter
def votes(number: int) -> str:
    """`1,284`; from 100,000 on `100k`, because a vote button never wraps."""
    return short_number(number)


@register.filter
def grouped(number: int) -> str:
    """`100,412`, never shortened."""
    return grouped_number(number)


@register.filter
def ago(at: datetime | None) -> SafeString:
    """`3 days ago`, with the moment itself for machines and for who points at it."""
    if at is None:
        return SafeString()
    words = ago_words((timezone.now() - at).total_seconds())  # ours, so not escaped
    return SafeString(
        f"{_moment(at, timezone.get_current_timezone(), get_language())}{words}</time>"
    )


@lru_cache(maxsize=4096)
def _moment(at: datetime, zone: tzinfo, language: str | None) -> str:
    """The moment, as it is read there and in that language: pages say it again and again."""
    return f'<time datetime="{at.isoformat(timespec="seconds")}" title="{moment_words(at)}">'


@register.filter
def day(at: date | None) -> SafeString:
    """`12 May 2026`, of a day or of a moment."""
    if at is None:
        return SafeString()
    on = local_day(at) if isinstance(at, datetime) else at
    return SafeString(f'<time datetime="{on.isoformat()}">{day_words(on)}</time>')


@register.filter
def undo_url(message: Message) -> str:
    """Where a flash message is undone: `messages.success(…, extra_tags=f"undo:{url}")`."""
    tags = str(message.extra_tags or "")
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""


@register.inclusion_tag("components/_field.html")
def field(bound: BoundField, *, counted: bool = False) -> dict[str, Any]:
    """A field whole: label, hint, error and control, tied together for screen readers."""
    hint_id, error_id = f"{bound.auto_id}-hint", f"{bound.auto_id}-error"
    described_by = " ".join(
        [*([hint_id] if bound.help_text else []), *([error_id] if bound.errors else [])]
    )
    attrs: dict[str, str | bool] = {"aria-describedby": described_by} if described_by else {}
    return {
        "field": bound,
        "hint_id": hint_id,
        "error_id": error_id,
        "described_by": described_by,
        "control": bound.as_widget(attrs=attrs),
        "is_choice": bound.use_fieldset,
        "is_check": getattr(bound.field.widget, "input_type", "") == "checkbox"
        and not bound.use_fieldset,
        "choices": _choices(bound) if bound.use_fieldset else [],
        "max_length": getattr(bound.field, "max_length", None) if counted else None,
    }


def _choices(bound: BoundField) -> list[dict[str, object]]:
    """Each choice with its control, and the hint the form's field holds in `choice_hints`."""
    hints = getattr(bound.field, "choice_hints", {})
    return [
        {
            "tag": choice.tag(),
            "id": choice.id_for_label,
            "label": choice.choice_label,
            "hint": hints.get(str(choice.data["value"]), ""),
        }
        for choice in bound.subwidgets
    ]


@register.inclusion_tag("components/_error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is wrong with the form, each fault leading to its field. Nothing for a good form."""
    faults = [
        {"id": _first_id(bound), "words": f"{_before_colon(bound)} {words}" if is_bare else words}
        for bound in form
        for words, is_bare in _said(bound)
    ]
    return {"faults": faults, "form_errors": form.non_field_errors() if form.is_bound else []}


def _before_colon(bound: BoundField) -> str:
    """The label as the beginning of a sentence; a question keeps its mark."""
    label = str(bound.label)
    return label if label.endswith(("?", ":")) else f"{label}:"


def _said(bound: BoundField) -> Iterator[tuple[str, bool]]:
    """What is wrong with a field, and whether the words are for any field, and so name none."""
    required = Field.default_error_messages["required"]
    for fault in bound.errors.as_data():
        is_bare = fault.code in NAMELESS or fault.message in (required, *OF_NO_FIELD)
        yield from ((words, is_bare) for words in fault.messages)


def _first_id(bound: BoundField) -> str:
    """Where the focus goes: the control, or the first choice."""
    if bound.use_fieldset:
        return next((choice.id_for_label for choice in bound.subwidgets), "")
    return bound.id_for_label


@register.simple_tag(takes_context=True)
def nav_link(context: template.Context, address: str, words: str) -> SafeString:
    """A link of the main navigation, which knows whether the reader is there."""
    path = getattr(context.get("request"), "path", "")
    here = BELONGS_TO.get(path) or next((each for each in SECTIONS if path.startswith(each)), "")
    current = {True: "page", False: "true"}[path == address] if here == address else ""
    mark = format_html(' aria-current="{}"', current) if current else ""
    return format_html('<a href="{}"{}>{}</a>', address, mark, words)


@register.simple_tag
def stylesheets() -> SafeString:
    """The links to our style sheets: one when collected."""
    addresses = [static(path) for path in static_files.sheets_to_link()]
    if not static_files.is_joined():
        addresses.append(HUE_SHEET)
    links = ((address,) for address in addresses)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@register.simple_tag
def scripts() -> SafeString:
    """htmx and our elements: one module when collected."""
    links = ((static(path),) for path in static_files.scripts_to_link())
    return format_html_join("\n", '<script type="module" src="{}"></script>', links)
