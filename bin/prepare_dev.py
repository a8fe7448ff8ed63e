"""Bring a developer's database up to date and fill an empty one with the demo story.

Progress goes to standard error. Standard output holds what bin/dev shows once the site runs:
who can sign in.
"""

import os
import sys

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

SIGN_INS = """\
Sign in at /accounts/login/ with the password demo, as
  customer, stranger, advocate, employee, moderator, lead, owner, approver,
  reviewer, executive, manager or admin, each NAME@example.com
"""


def say(sentence: str) -> None:
    """Tell how far it is."""
    print(sentence, file=sys.stderr, flush=True)


def migrate() -> None:
    """Make or change the tables; say it in a sentence when the database does not answer."""
    say("Bringing the database up to date")
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0)
    except OperationalError as error:
        sys.exit(f"The database cannot be reached: {error}")


def tell_demo() -> None:
    """Fill an empty database. An interrupted demo is told again: the command is safe to repeat."""
    people = get_user_model().objects
    unfinished = settings.VAR_DIR / "demo-unfinished"
    if "demo" in get_commands() and (unfinished.exists() or not people.exists()):
        say("Telling the demo story (once, under a minute)")
        unfinished.touch()
        call_command("demo", stdout=sys.stderr)
        unfinished.unlink()
    if people.filter(email="customer@example.com").exists():
        print(SIGN_INS, end="")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    django.setup()
    migrate()
    tell_demo()
