"""`manage.py similar`: what the site would suggest to who types this title."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.search import index
from community.search.finding import similar
from community.search.queries import Scope
from community.search.sources import all_sources

KINDS = {"ideas": "idea", "topics": "topic"}
MOST = 10
LONGEST_TITLE = 160


class Command(BaseCommand):
    """Prints one line of JSON a query, best first: `[{"id": 7, "title": "Free wi-fi"}, …]`.

    A query is a title; a text may follow it behind a tab, or as {"title": …, "body": …}. What is
    not indexed yet is indexed first.
    """

    help = "Print what the site would suggest for a title, or for each line of a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("title", nargs="?", help="What somebody types.")
        parser.add_argument("--file", type=Path, help="A file with one query a line.")
        parser.add_argument("--kind", choices=sorted(KINDS), default="ideas")
        parser.add_argument("--body", default="", help="The text below the title.")

    def handle(self, *args: Any, **options: Any) -> None:
        for kind in index.sources_to_fill(all_sources()):
            index.fill(kind)
        scope = Scope(KINDS[options["kind"]], ["public"])
        self._give_vectors(scope.kind)
        for title, body in _queries(options):
            hits = similar(title, body, scope=scope, limit=MOST)
            found = [{"id": hit.pk, "title": hit.title} for hit in hits]
            self.stdout.write(json.dumps(found, ensure_ascii=False))

    def _give_vectors(self, kind: str) -> None:
        """Work out what all things of the kind mean; say how far it is where that takes long."""
        done = 0
        while some := index.give_some_vectors(kind=kind):
            done += some
            if done % 1000 == 0:
                self.stderr.write(f"{done:,} texts read for what they mean …")


def _queries(options: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The queries asked for, each a title and a text. Raises CommandError where there is none."""
    if options["file"] is not None:
        try:
            lines = options["file"].read_text(encoding="utf-8-sig", errors="replace").split("\n")
        except OSError as fault:
            raise CommandError(f"{options['file']} cannot be read: {fault.strerror}.") from fault
        lines = lines[:-1] if lines[-1] == "" else lines
        yield from (_query(line.rstrip("\r")) for line in lines)
    elif options["title"] is None:
        raise CommandError("Say a title, or --file with one a line.")
    else:
        yield options["title"], options["body"]


def _query(line: str) -> tuple[str, str]:
    """One line: a title; a title, a tab and a text; or both as JSON. What is long is cut in two."""
    if line.startswith("{"):
        try:
            asked = json.loads(line)
            return str(asked.get("title", "")), str(asked.get("body") or "")
        except ValueError:
            pass
    title, _tab, body = line.partition("\t")
    if not body and len(title) > LONGEST_TITLE:
        head, _space, rest = title[:LONGEST_TITLE].rpartition(" ")
        return head or title[:LONGEST_TITLE], rest + title[LONGEST_TITLE:]
    return title, body
