"""`manage.py sweep`: what the beat's tick does, in this process, without broker or worker."""

from typing import Any

from django.core.management.base import BaseCommand

from community.core.owed import sweep


class Command(BaseCommand):
    """Does once everything that is owed now."""

    help = "Do once everything that is owed now."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in sweep().items():
            if count:
                self.stdout.write(f"{name}: {count}")
        self.stdout.write("Nothing else is owed.")
