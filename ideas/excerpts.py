"""The words of an idea on cards: its text without the lines that every text begins with."""

from __future__ import annotations

from community.core.markdown import render
from community.core.text import excerpt
from forum.models import Topic

from .template import without_template

LENGTH = 240


def card_words(text: str, template: str = "") -> str:
    """The first words that the writer wrote, on a board with this template."""
    return excerpt(render(without_template(text, template)).excerpt, LENGTH)


def keep_card_words(topic: Topic, text: str) -> None:
    """Store them, where they are not what the topic has."""
    words = card_words(text, topic.board.template)
    if words and words != topic.excerpt:
        Topic.objects.filter(pk=topic.pk).update(excerpt=words)
        topic.excerpt = words
