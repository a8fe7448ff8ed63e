"""`manage.py sweep`: what the beat's tick does, in this process, without broker or worker."""

from typing import Any

from django.core.management.base import BaseCommand

from community.core.owed import sweep


class Command(BaseCommand):
    """Does once everything that is owed now, and says what. Exits 1 when something failed."""

    help = "Do once everything that is owed now, without broker or worker."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = sweep()
        for name, count in counts.items():
            if count is None:
                self.stderr.write(f"{name}: failed, see the log")
            elif count:
                self.stdout.write(f"{name}: {count}")
        if None in counts.values():
            raise SystemExit(1)
        if not any(counts.values()):
            self.stdout.write("Nothing was owed.")
