"""The first command of a new site: makes its admin and says what is still to do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from community.people.actions import make_admin

from ...checklist import steps


class Command(BaseCommand):
    """`manage.py first_run --email you@example.com`; may be repeated."""

    help = "Makes the first admin, and prints a check list of what a new site needs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True, help="the admin's address")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError as refusal:
            raise CommandError(f"{email} is no e-mail address.") from refusal
        is_new = make_admin(email)
        self.stdout.write(f"{email} is {'now' if is_new else 'already'} an admin.")
        self.stdout.write(
            f"Sign in at {settings.SITE_URL}/accounts/login/ with a code by mail.\n\n"
        )
        checked = list(steps())
        for step in checked:
            self.stdout.write(str(step))
        missing = sum(not step.is_done for step in checked)
        self.stdout.write(f"\n{missing} of {len(checked)} still to do." if missing else "\nReady.")
