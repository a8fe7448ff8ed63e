"""Django's `i18n` tags, of which `{% translate "…" %}` looks each sentence up once a language.

The templates load `i18n` as ever: the settings give this library that name. A page says some fifty
sentences, and Django looks for each of them again on every page.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import Node, Parser, Token
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class KnownSentence(Node):
    """A sentence that stands in the template as it is: translated once into each language."""

    child_nodelists = ()

    def __init__(self, sentence: i18n.TranslateNode, name: str | None) -> None:
        self.sentence = sentence
        self.name = name
        self.known: dict[str | None, str] = {}

    def render(self, context: Any) -> str:
        language = get_language()
        sentence = self.known.get(language)
        if sentence is None:
            sentence = self.known[language] = self.sentence.render(context)
        if self.name:
            context[self.name] = sentence
            return ""
        return sentence


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """`{% translate "…" %}`; what holds a variable or a filter is looked up as Django does."""
    node = i18n.do_translate(parser, token)
    expression = node.filter_expression
    is_constant = expression.is_var and expression.var.literal is not None
    if is_constant and not expression.filters and node.message_context is None:
        sentence = i18n.TranslateNode(expression, node.noop)
        return KnownSentence(sentence, node.asvar)
    return node
