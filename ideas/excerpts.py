"""The words of an idea on cards: its text without the questions that every text begins with."""

from __future__ import annotations

import re

from community.core.markdown import render
from community.core.text import excerpt
from forum.models import Topic

from .statuses import QUESTIONS

LENGTH = 240


def card_words(text: str) -> str:
    """The first words that the writer wrote."""
    return excerpt(render(without_questions(text)).excerpt, LENGTH)


def without_questions(text: str) -> str:
    """The text without the questions that every text begins with."""
    for question in QUESTIONS:
        text = re.sub(rf"[*_#\s]*{re.escape(str(question))}[*_]*", "\n\n", text, count=1)
    return text


def keep_card_words(topic: Topic, text: str) -> None:
    """Store them, where they are not what the topic has."""
    words = card_words(text)
    if words and words != topic.excerpt:
        Topic.objects.filter(pk=topic.pk).update(excerpt=words)
        topic.excerpt = words
