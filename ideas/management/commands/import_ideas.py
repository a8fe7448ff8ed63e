"""`manage.py import_ideas FILE`: bring in ideas from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_slug
from django.utils import timezone

from forum.models import Board
from ideas.importing.formats import FileRefused
from ideas.importing.maps import MAPS
from ideas.importing.rows import boards_by_name
from ideas.importing.running import Plan, Report, bring_in, look
from ideas.importing.runs import keep_report


class Command(BaseCommand):
    """Good lines come in, every other is named with its line; a second run changes nothing."""

    help = (
        "Bring in ideas from CSV or JSON Lines (external_id, title, body, author, created, votes, "
        "status, tags, board, comments), or from an export of another site."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--map", default="heard", choices=sorted(MAPS), dest="map_name")
        parser.add_argument("--source", default="", help="Name of the old site; the map's, unless.")
        parser.add_argument("--board", default="", help="Where lines go that name no board: slug.")
        parser.add_argument("--comments", type=Path, help="A second file, with the comments.")
        parser.add_argument("--encoding", default="", help="If it is neither UTF-8 nor UTF-16.")
        parser.add_argument("--dry-run", action="store_true", help="Only look; write nothing.")
        parser.add_argument(
            "--all-or-nothing", action="store_true", help="Write nothing if any line has a fault."
        )

    def handle(self, *args: Any, dry_run: bool, all_or_nothing: bool, **options: Any) -> None:
        now = timezone.now()
        try:
            plan = self._plan(options)
            if dry_run or all_or_nothing:
                report, _first = look(plan, at=now)
            if not dry_run and not (all_or_nothing and report.faults):
                report = bring_in(plan, at=now, progress=self._say_progress)
                keep_report(plan, report, file_name=options["file"].name, at=now)
        except FileRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        for fault in report.faults:
            self.stderr.write(f"line {fault.line}: {fault.words}")
        self._say(report, is_dry=dry_run, is_refused=all_or_nothing and bool(report.faults))

    def _plan(self, options: dict[str, Any]) -> Plan:
        source = (options["source"] or options["map_name"]).lower()
        try:
            validate_slug(source)
        except ValidationError as fault:
            raise CommandError(f"“{source}” is no name of a source: a–z, 0–9 and -.") from fault
        try:
            return Plan(
                source=source[:40],
                data=options["file"].read_bytes(),
                map_name=options["map_name"],
                board=self._board(options["board"]),
                comments=options["comments"].read_bytes() if options["comments"] else b"",
                encoding=options["encoding"],
            )
        except OSError as fault:
            raise CommandError(f"{fault.filename}: {fault.strerror}") from fault

    def _board(self, slug: str) -> Board | None:
        if not slug:
            return None
        boards = boards_by_name()
        if slug.lower() not in boards:
            known = ", ".join(sorted({board.slug for board in boards.values()})) or "none"
            raise CommandError(f"There is no board of ideas “{slug}”. There are: {known}.")
        return boards[slug.lower()]

    def _say_progress(self, report: Report) -> None:
        self.stdout.write(f"{report.lines} lines read, {report.written.new_ideas} ideas new …")

    def _say(self, report: Report, *, is_dry: bool, is_refused: bool) -> None:
        """What came of it; a fault ends with a status that a script sees, as `reconcile` does."""
        written, lines = report.written, len({fault.line for fault in report.faults})
        if is_dry:
            words = (
                f"Dry run: {report.good} ideas could come in, with {written.new_comments} comments."
            )
        elif is_refused:
            words = "Nothing was written."
        else:
            words = (
                f"{written.new_ideas} ideas are new, {written.known_ideas} were known; "
                f"{written.new_comments} comments are new."
            )
        self.stdout.write(words)
        if lines:
            raise CommandError(f"{lines} of {report.lines} lines have faults.", returncode=1)
