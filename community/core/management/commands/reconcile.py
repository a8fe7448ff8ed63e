"""`manage.py reconcile`: count every stored counter again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from community.core.counters import recounts


class Command(BaseCommand):
    """Recounts every stored counter, prints each drift, exits 1 if it found any."""

    help = "Recount every stored counter and print each drift."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="mend what has drifted")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        found = 0
        for name, recount in recounts().items():
            for drift in recount(repair):
                found += 1
                self.stdout.write(f"{name}: {drift}")
        if found:
            self.stderr.write(f"{found} drifted{', mended' if repair else ''}.")
            raise SystemExit(1)
        self.stdout.write(f"{len(recounts())} counters agree with their rows.")
