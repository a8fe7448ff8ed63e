"""Tables for spreadsheets and programs: CSV, written row by row, in which no cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), wide forms too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """A file that hands back what is written to it, so that nothing is gathered."""

    def write(self, text: str) -> str:
        return text


def csv_answer(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """A download `name`.csv of these rows, sent as they are read: however many, one at a time."""
    answer = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of the table, its header first."""
    write = csv.writer(_Echo()).writerow
    yield str(write(header))
    for row in rows:
        yield str(write([plain_cell(cell) for cell in row]))


def plain_cell(cell: object) -> object:
    """Text that a spreadsheet would run gets a ' before it; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell
