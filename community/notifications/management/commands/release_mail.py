"""`manage.py release_mail --backup-of TIME`: what a restored outbox sends, and what it gives up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from ...actions import release_failed, stop_due_by
from ...models import Mail

NO_TIME = "Say when the backup was made, as 2026-11-26T03:00Z: a moment that has passed."


class Command(BaseCommand):
    """Says what would happen; with `--yes` it happens. May be repeated."""

    help = (
        "After a restore: gives up the mail that had been due when the backup was made, because it"
        " went out since, and lets the rest go. Changes nothing without --yes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--backup-of",
            metavar="TIME",
            help="when the backup was made; without a zone it is UTC",
        )
        parser.add_argument(
            "--again",
            action="store_true",
            help="send also what had been due: each mail carries the Message-ID it had",
        )
        parser.add_argument(
            "--failed", action="store_true", help="try again what was given up after many attempts"
        )
        parser.add_argument("--yes", action="store_true", help="do it")

    def handle(
        self, *args: Any, backup_of: str, again: bool, failed: bool, yes: bool, **options: Any
    ) -> None:
        if not (backup_of or again or failed):
            raise CommandError(NO_TIME)
        due_by = self._moment(backup_of) if backup_of and not again else None
        self._tell(due_by, failed=failed)
        if not yes:
            self.stdout.write("Nothing was changed. Say --yes to do it.")
            return
        stopped = stop_due_by(due_by) if due_by else 0
        released = release_failed() if failed else 0
        self.stdout.write(f"Done: {stopped} given up, {released} to be tried again.")
        if settings.MAIL_PAUSED:
            self.stdout.write("Take MAIL_PAUSED out and restart the worker: the rest goes out.")

    def _moment(self, text: str) -> datetime:
        """The time of the backup."""
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        if moment is None:
            raise CommandError(NO_TIME)
        moment = moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)
        if moment > timezone.now():
            raise CommandError(NO_TIME)
        return moment

    def _tell(self, due_by: datetime | None, *, failed: bool) -> None:
        """How many mails wait, and what would become of them."""
        waiting = Mail.objects.waiting()
        past = waiting.filter(next_at__lte=due_by) if due_by else waiting.none()
        count, given_up = waiting.count(), past.count()
        self.stdout.write(f"{count} mails wait to be sent, {waiting.codes().count()} with a code.")
        if due_by:
            self.stdout.write(f"{given_up} had been due by {due_by:%Y-%m-%d %H:%M %Z}: given up.")
        self.stdout.write(f"{count - given_up} go out.")
        if failed:
            tries = Mail.objects.given_up().readable().count()
            self.stdout.write(f"{tries} were given up after many attempts: tried again.")
