"""`manage.py load_scale --scale small|a|b`: fills the database with the load model."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from community.pages.scale.loading import load
from community.pages.scale.people import MARK
from community.pages.scale.sizes import SIZES
from community.people.models import User
from forum.models import Topic


class Command(BaseCommand):
    """Writes members, ideas, votes, posts and decisions by bulk statements, all or nothing.

    Safe to repeat: where the model is already there it changes nothing.
    """

    help = "Fill the database with a load model: invented people, ideas and votes in bulk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", choices=SIZES, required=True)
        parser.add_argument(
            "--force", action="store_true", help="Also where people or topics are already."
        )

    def handle(self, *args: Any, scale: str, force: bool = False, **options: Any) -> None:
        if User.objects.filter(email__endswith=f"@{MARK}.invalid").exists():
            self.stdout.write("A load model is already there.")
            return
        if not force and (User.objects.exists() or Topic.objects.exists()):
            raise CommandError("Real people may be here: use an empty database, or --force.")
        self.started = time.monotonic()
        today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        load(SIZES[scale], ends_at=today, report=self._report)
        self.stdout.write(f"Scale {scale} is loaded, in {self._seconds()} s.")

    def _report(self, what: str, done: int, everything: int) -> None:
        self.stdout.write(f"{self._seconds():>5} s  {what}: {done:,} of {everything:,}")

    def _seconds(self) -> int:
        return round(time.monotonic() - self.started)
