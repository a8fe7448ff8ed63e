"""Files as records: CSV with any usual delimiter, JSON Lines, or one JSON array.

A byte that is not of the file's encoding becomes half of a surrogate pair, which no text of ours
may hold: so the line it stands in is refused with its number, and the others are read.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

DELIMITERS = ",;\t|"
LONGEST_FIELD = 64 * 1024 * 1024  # the texts' own limit comes later, with a sentence
BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
NOT_A_LETTER = re.compile(r"[\W_]+")


class FileRefused(Exception):
    """The file as a whole cannot be read; says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the file: where it begins, its columns by plain name, or why it is none.

    A row of a table has every column that its first line names.
    """

    line: int
    fields: Mapping[str, Any]
    fault: str = ""
    is_row: bool = False


def read_records(data: bytes, *, encoding: str = "") -> Iterator[Record]:
    """The records of a file. Raises FileRefused where it is none of the formats."""
    text = _decoded(data, encoding)
    if not text.strip():
        raise FileRefused(_("The file is empty."))
    first = text.lstrip()[:1]
    if first == "[":
        return _array(text)
    return _json_lines(text) if first == "{" else _table(text)


def plain_name(column: str) -> str:
    """A column's name without case, spaces and signs: `Idea ID` and `idea_id` are `idea_id`."""
    return NOT_A_LETTER.sub("_", column.strip().lower()).strip("_")


def _decoded(data: bytes, encoding: str) -> str:
    marked = next((name for mark, name in BOMS.items() if data.startswith(mark)), "")
    name = marked or encoding or "utf-8"
    try:
        if name == "utf-16":
            return data.decode(name)
        return data.decode(name, errors="surrogateescape")
    except LookupError as fault:
        raise FileRefused(_("There is no encoding “%(name)s”.") % {"name": name}) from fault
    except UnicodeError as fault:
        raise FileRefused(_("The file is not in the encoding that it begins with.")) from fault


def _table(text: str) -> Iterator[Record]:
    """CSV: the first line names the columns."""
    csv.field_size_limit(LONGEST_FIELD)
    header, _end, _rest = text.partition("\n")
    delimiter = max(DELIMITERS, key=header.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [plain_name(name) for name in _next(rows) or []]
    if len(names) < 2:
        raise FileRefused(
            _("The first line names no columns: it should read external_id, title, body, …")
        )
    return _rows(rows, names)


def _rows(rows: Any, names: list[str]) -> Iterator[Record]:
    line = rows.line_num + 1
    while (values := _next(rows)) is not None:
        if isinstance(values, str):
            yield Record(line, {}, values)
        elif any(value.strip() for value in values):
            yield _row(line, names, values)
        line = rows.line_num + 1


def _next(rows: Any) -> Any:
    """The next row, None at the end, or why it cannot be read."""
    try:
        return next(rows, None)
    except csv.Error as fault:
        return _("This line is no CSV: %(why)s.") % {"why": fault}


def _row(line: int, names: list[str], values: list[str]) -> Record:
    if len(values) > len(names):
        words = _("This line has %(found)d columns; the first line names %(named)d.")
        return Record(line, {}, words % {"found": len(values), "named": len(names)})
    whole = zip_longest(names, values, fillvalue="")
    return Record(line, dict(whole), is_row=True)


def _json_lines(text: str) -> Iterator[Record]:
    for line, words in enumerate(text.split("\n"), start=1):
        if words.strip():
            yield _json(line, words)


def _json(line: int, words: str) -> Record:
    try:
        found = json.loads(words)
    except (ValueError, RecursionError):
        return Record(line, {}, _("This line is no JSON."))
    return _object(line, found)


def _array(text: str) -> Iterator[Record]:
    """One array of objects, each counted as a line."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise FileRefused(_("The file begins like JSON, but is none.")) from fault
    return (_object(number, each) for number, each in enumerate(found, start=1))


def _object(line: int, found: object) -> Record:
    if not isinstance(found, dict):
        return Record(line, {}, _("This line is no JSON object."))
    return Record(line, flat(found))


def flat(found: Mapping[str, Any]) -> dict[str, Any]:
    """An object's values by plain name; what stands in an object within it has both names."""
    flat: dict[str, Any] = {}
    for name, value in found.items():
        if isinstance(value, dict):
            inner = {plain_name(f"{name}_{key}"): each for key, each in value.items()}
            flat |= {key: each for key, each in inner.items() if not isinstance(each, dict)}
        else:
            flat[plain_name(name)] = value
    return flat
