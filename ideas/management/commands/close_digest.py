"""`manage.py close_digest --audience NAME`: end the running period of a review digest now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from ideas.actions.digesting import close_now
from ideas.models import Audience


class Command(BaseCommand):
    """Closes the digest's period now, after those that have ended."""

    help = "Close the running period of a review digest now, and mail it to its reviewers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--audience", required=True, help="The audience, by slug or name.")

    def handle(self, *args: Any, audience: str, **options: Any) -> None:
        found = Audience.objects.filter(Q(slug=audience) | Q(name__iexact=audience)).first()
        if found is None:
            names = ", ".join(Audience.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no audience “{audience}”. There are: {names}.")
        digest = close_now(found)
        if digest is None:
            self.stdout.write("The running period has only just begun: nothing to close.")
            return
        cases = digest.entries.count()
        self.stdout.write(f"Digest {digest.number}, {cases} cases: {digest.get_absolute_url()}")
