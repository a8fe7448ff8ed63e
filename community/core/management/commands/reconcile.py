"""`manage.py reconcile`: count every stored figure again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from community.core.counters import recounts


class Command(BaseCommand):
    """Recounts every stored figure and prints each drift. Exits 1 when it found any."""

    help = "Count every stored figure again and print each one that has drifted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Mend what has drifted.")

    def handle(self, *args: Any, repair: bool = False, **options: Any) -> None:
        found = 0
        for name, recount in recounts().items():
            for drift in recount(repair):
                found += 1
                self.stdout.write(f"{name}: {drift}")
        if found:
            mended = ", all of them mended" if repair else ": mend with --repair"
            self.stdout.write(f"{found} drifted{mended}.")
            raise SystemExit(1)
        self.stdout.write(f"No drift: {len(recounts())} kinds of figures agree with their rows.")
