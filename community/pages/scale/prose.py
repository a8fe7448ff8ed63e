"""Texts of the load model: English sentences whose vocabulary has a long tail, as people's has.

Their HTML is put together here, because rendering 385,000 texts would take longer than all the
rest; a test compares it with what `render` says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from django.conf import settings

from community.core.text import excerpt
from ideas.excerpts import LENGTH
from ideas.statuses import QUESTIONS

GAP = re.compile(r"\{(\w+)\}")
TAIL = 2.2  # how much more often the first words of a list come than the last
MODELS = 90  # numbers under one brand
RARELY = 0.012
LONGEST_TITLE = 110
LISTS = {
    "place": "places",
    "adj": "adjectives",
    "offer": "offers",
    "task": "tasks",
    "time": "times",
    "person": "people",
}


class Prose:
    """Writes titles and texts; the same ones for the same chance."""

    def __init__(self, random: Random, cities: Sequence[str]) -> None:
        self.random = random
        self.words: Mapping[str, Any] = tomllib.loads(
            (settings.BASE_DIR / "data" / "scale" / "words.toml").read_text(encoding="utf-8")
        )
        self.given = self.words["given"].split()
        self.tags = self.words["tags"].split()
        self.rare = self.words["rare"].split()
        self.cities = list(cities)
        self.gaps: dict[str, Callable[[], str]] = {
            name: self._from(self.words[of]) for name, of in LISTS.items()
        }
        singular, plural = zip(*self.words["things"], strict=True)
        self.gaps |= {
            "thing": self._from(singular),
            "things": self._from(plural),
            "city": self._from(self.cities),
            "rare": lambda: random.choice(self.rare),
            "model": self._model,
        }

    def title(self, kind: str) -> str:
        """A title of an `idea` or a `question`."""
        written = self._write(self.random.choice(self.words[f"{kind}_titles"]))
        return excerpt(written, LONGEST_TITLE)

    def paragraphs(self, kind: str, *, sentences: int) -> list[str]:
        """A text of about so many sentences of a kind, in one or two paragraphs."""
        said = [self._sentence(kind) for _ in range(sentences)]
        if sentences < 4:
            return [" ".join(said)]
        middle = sentences // 2
        return [" ".join(said[:middle]), " ".join(said[middle:])]

    def _sentence(self, kind: str) -> str:
        written = self._write(self.random.choice(self.words[f"{kind}_sentences"]))
        if self.random.random() < RARELY:
            return f"{written} It was near the {self.random.choice(self.rare)}."
        return written

    def reason(self) -> str:
        """Why something was decided."""
        return self._write(self.random.choice(self.words["reasons"]))

    def _write(self, sentence: str) -> str:
        return GAP.sub(self._fill, sentence)

    def _fill(self, gap: re.Match[str]) -> str:
        name = gap[1]
        if name[0].isupper():
            word = self.gaps[name.lower()]()
            return word[0].upper() + word[1:]
        return self.gaps[name]()

    def _from(self, words: Sequence[str]) -> Callable[[], str]:
        """Picks from a list, its first words most often."""
        chance, number = self.random.random, len(words)
        return lambda: words[int(number * chance() ** TAIL)]

    def _model(self) -> str:
        """An invented product: two or three syllables and a number."""
        syllables = self.words["syllables"]
        chance, number = self.random.random, len(syllables)
        brand = "".join(
            syllables[int(number * chance() ** TAIL)] for _ in range(2 + (chance() > 0.7))
        )
        return f"{brand.title()} {int(MODELS * chance() ** TAIL) + 1}0"


def text_of(paragraphs: Sequence[str]) -> str:
    """As it is typed."""
    return "\n\n".join(paragraphs)


def html_of(paragraphs: Sequence[str]) -> str:
    """As Markdown renders plain paragraphs."""
    return "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)


def card_of(paragraphs: Sequence[str]) -> str:
    """The words on a card."""
    return excerpt(" ".join(paragraphs), LENGTH)


def with_questions(paragraphs: Sequence[str]) -> tuple[str, str]:
    """Text and HTML of an idea that answers the form's two questions."""
    asked = list(zip(map(str, QUESTIONS), paragraphs, strict=False))
    text = "\n\n".join(f"**{question}** {answer}" for question, answer in asked)
    html = "".join(f"<p><strong>{question}</strong> {answer}</p>\n" for question, answer in asked)
    return text, html
