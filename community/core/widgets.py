"""Controls of the forms that stand under every conversation, put together without templates.

They are Django's to the letter. Through its templates the four controls of a comment cost as much
as ten rows of posts.
"""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString


class TextArea(forms.Textarea):
    """A text of several lines."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """The control, with what was typed as text in it."""
        shown = self.get_context(name, value, attrs)["widget"]
        control = '<textarea name="{}"{}>\n{}</textarea>'
        return format_html(
            control, shown["name"], _attributes(shown["attrs"]), shown["value"] or ""
        )


class Radios(forms.RadioSelect):
    """A choice of one, of which the page places each control by itself: `{{ choice.tag }}`."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> Any:
        """One control alone; together, or wrapped into their labels, as Django does."""
        shown = context["widget"]
        if template_name != self.option_template_name or shown.get("wrap_label"):
            return super()._render(template_name, context, renderer)  # type: ignore[misc]
        control = '<input type="radio" name="{}" value="{}"{}>'
        return format_html(control, shown["name"], shown["value"], _attributes(shown["attrs"]))


def _attributes(attributes: dict[str, Any]) -> SafeString:
    """As they stand in an element, in their order; of what is only true the name."""
    words = [
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
        for name, value in attributes.items()
        if value is not False
    ]
    return SafeString("".join(words))
