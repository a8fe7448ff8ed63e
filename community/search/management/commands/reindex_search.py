"""`manage.py reindex_search`: make the index anew from what there is."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from community.search import index, words
from community.search.sources import all_sources


class Command(BaseCommand):
    """Indexes everything in batches, with progress; a killed one goes on with --resume."""

    help = "Make the search index anew, in batches; people can go on searching meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--resume", action="store_true", help="Only what is not indexed yet.")

    def handle(self, *args: Any, resume: bool = False, **options: Any) -> None:
        started = time.monotonic()
        for source in all_sources():
            if not resume:
                index.start_over(source.kind)
            count = index.fill(source.kind, say=partial(self._say, source.kind))
            self.stdout.write(f"{source.kind}: {count} indexed")
        drifted, slips = words.recount(), words.remember_mistypings()
        seconds = time.monotonic() - started
        self.stdout.write(f"{drifted} words counted anew, {slips} likely slips, in {seconds:.0f} s")

    def _say(self, kind: str, done: int) -> None:
        self.stdout.write(f"{kind}: {done} …")
        self.stdout.flush()
