"""A record understood: an idea with its comments, ready to be written, or all that is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.core.markdown import render
from community.core.text import clean_line, clean_text, excerpt
from forum.models import Board

from ..excerpts import LENGTH
from . import values
from .formats import FileRefused, Record, flat
from .maps import MAPS, PLAIN_COMMENT, ColumnMap, value_of
from .texts import words_of_html

LONGEST_TITLE = 120
LONGEST_RESPONSE = 600
FEW = 12
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line, in a sentence."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as it will stand."""

    author: str
    at: datetime
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Brought:
    """An idea as it will stand, with what it was called there."""

    line: int
    external_id: str
    title: str
    text: str
    html: str
    excerpt: str
    author: str
    at: datetime
    votes: int
    status: str
    called: str
    response: str
    tags: list[str]
    board: Board
    comments: list[Said]


class Faulty(Exception):
    """A line that cannot be taken; has its sentences."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


@dataclass
class Understanding:
    """What understands one file's records, in order; it remembers the keys that it has seen."""

    columns: ColumnMap
    boards: Mapping[str, Board]
    now: datetime
    board: Board | None = None
    comments: Mapping[str, list[Any]] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def of(self, record: Record) -> Brought | None:
        """The idea; None for a further line of an idea that has been read. Raises Faulty."""
        if record.fault:
            raise Faulty([record.fault])
        if record.is_row and not self.seen:
            self._require_columns(record)
        parts = _Parts(self.columns, record.fields)
        key = parts.get("external_id", values.key_of)
        if key is not None and key in self.seen:
            if self.columns.repeats_ideas:
                return None
            words = _("external_id: “%(key)s” stands in line %(line)d already.")
            parts.sentences.append(words % {"key": key, "line": self.seen[key]})
        idea = self._idea(record.line, key or "", parts)
        if idea is None or parts.sentences:
            raise Faulty(parts.sentences)
        self.seen[idea.external_id] = record.line
        return idea

    def _require_columns(self, record: Record) -> None:
        """Refuse a file that has neither keys nor titles where this map looks for them."""
        names = {name for key in ("external_id", "title") for name in self.columns.columns[key]}
        if not names & set(record.fields):
            words = _(
                "No column is a key or a title by the map “%(map)s”. The columns are: %(names)s."
            )
            found = ", ".join(list(record.fields)[:FEW])
            raise FileRefused(words % {"map": self.columns.name, "names": found or "–"})

    def pass_over(self, record: Record) -> None:
        """Remember the key of a line that has been brought in before."""
        key = str(value_of(record.fields, self.columns.columns["external_id"])).strip()
        self.seen.setdefault(" ".join(key.split()), record.line)

    def _idea(self, line: int, key: str, parts: _Parts) -> Brought | None:
        """Every column understood, so that all that is wrong is said at once."""
        points = self.columns.points_a_vote
        title = parts.get("title", _title) or ""
        body = parts.get("body", self._text) or ""
        at = parts.get("created", lambda value: values.moment(value, now=self.now)) or self.now
        status, called = parts.get("status", values.status) or ("", "")
        board = parts.get("board", self._board)
        text = _whole(title, body)
        rendered = parts.get("body", lambda _value: render(text))
        idea = partial(
            Brought,
            line=line,
            external_id=key,
            title=excerpt(title, LONGEST_TITLE),
            text=text,
            author=parts.get("author", _author) or "",
            at=at,
            votes=parts.get("votes", lambda value: values.votes(value, points=points)) or 0,
            status=status,
            called=called,
            response=parts.get("response", self._response) or "",
            tags=parts.get("tags", values.tags) or [],
            comments=parts.get("comments", lambda value: self._comments(key, value, at)) or [],
        )
        if board is None or rendered is None:
            return None
        return idea(board=board, html=rendered.html, excerpt=excerpt(rendered.excerpt, LENGTH))

    def _text(self, value: object) -> str:
        words = str(value)
        return clean_text(words_of_html(words) if self.columns.has_html else words)

    def _response(self, value: object) -> str:
        return excerpt(self._text(value), LONGEST_RESPONSE)

    def _board(self, value: object) -> Board:
        called = clean_line(str(value))
        board = self.boards.get(called.lower()) if called else self.board
        if board is not None:
            return board
        if not called:
            raise ValidationError(_("It is empty, and no board was chosen for such lines."))
        if self.board is not None and self.columns.name != "heard":
            return self.board
        raise ValidationError(
            _("There is no board of ideas called “%(called)s”.") % {"called": called[:40]}
        )

    def _comments(self, key: str, value: object, at: datetime) -> list[Said]:
        """All comments, oldest first: of the idea's own column, then of the second file."""
        found = [*_listed(value), *self.comments.get(key, ())]
        said = [self._said(number, each, at) for number, each in enumerate(found, start=1)]
        return sorted((each for each in said if each is not None), key=lambda each: each.at)

    def _said(self, number: int, found: Any, at: datetime) -> Said | None:
        fields = flat(found) if isinstance(found, dict) else {"body": found}
        names = {**PLAIN_COMMENT, **self.columns.comment}
        try:
            text = self._text(value_of(fields, names["body"]))
            author = _author(value_of(fields, names["author"]))
            when = values.moment(value_of(fields, names["created"]), now=self.now) or at
            return Said(author, when, text, render(text).html) if text else None
        except ValidationError as fault:
            words = _("Comment %(number)d: %(why)s")
            raise ValidationError(words % {"number": number, "why": fault.messages[0]}) from fault


class _Parts:
    """The columns of one record by what they mean, and what is wrong with them so far."""

    def __init__(self, columns: ColumnMap, fields: Mapping[str, Any]) -> None:
        self.columns = columns.columns
        self.fields = fields
        self.sentences: list[str] = []

    def get(self, name: str, understand: Callable[[Any], Value]) -> Value | None:
        """The value understood; where it cannot be, a sentence that names its column."""
        try:
            return understand(value_of(self.fields, self.columns[name]))
        except ValidationError as fault:
            self.sentences.append(f"{name}: {fault.messages[0]}")
            return None


def _whole(title: str, body: str) -> str:
    """The text; before it the title where that is cut, and the title where there is no text."""
    if len(title) > LONGEST_TITLE:
        return f"{title}\n\n{body}".strip()
    return body or title


def _title(value: object) -> str:
    title = clean_line(str(value))
    if not title:
        raise ValidationError(_("It is empty."))
    return title


def _author(value: object) -> str:
    return clean_line(str(value))


def _listed(value: object) -> Iterable[Any]:
    """A list, or one written as JSON. A bare number is a count of comments, and no comment."""
    if isinstance(value, str) and value.strip() and not value.strip().isdigit():
        try:
            value = json.loads(value)
        except (ValueError, RecursionError) as fault:
            words = _("They should be a JSON list: [{“author”: …, “created”: …, “body”: …}].")
            raise ValidationError(words) from fault
        if not isinstance(value, list):
            raise ValidationError(_("They should be a JSON list."))
    return value if isinstance(value, list) else ()


def comments_by_idea(records: Iterable[Record], columns: ColumnMap) -> dict[str, list[Any]]:
    """The comments of a second file, by the key of their idea. Lines that name none are left."""
    found: dict[str, list[Any]] = {}
    for record in records:
        key = str(value_of(record.fields, columns.comment["of"])).strip()
        if key:
            found.setdefault(key, []).append(dict(record.fields))
    return found


def boards_by_name() -> dict[str, Board]:
    """The boards of ideas by slug and by name, in lower case."""
    boards = list(Board.objects.of_ideas())
    return {board.name.lower(): board for board in boards} | {board.slug: board for board in boards}


def column_map(name: str) -> ColumnMap:
    """The map of this name."""
    return MAPS[name]
