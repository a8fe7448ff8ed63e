"""`manage.py demo`: loads the demo story through the product's own actions."""

from __future__ import annotations

import time
from datetime import timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from community.core.wake import asleep
from community.pages.demo.cast import PASSWORD, Cast
from community.pages.demo.script import Script
from community.pages.demo.story import Story
from community.people.models import User
from ideas.models import Audience

SEED = 17
MONTHS = timedelta(days=176)


class Command(BaseCommand):
    """Loads the demo story; safe to repeat. Its people can sign in only with DEBUG."""

    help = "Load the demo story of Northline, a fictional electronics retailer."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo's passwords are known to everybody: only with DEBUG.")
        if User.objects.filter(username="customer").exists():
            self.stdout.write("The demo story is already there.")
            return
        started = time.monotonic()
        with asleep(), transaction.atomic():
            counts = self._tell()
        self.stdout.write(f"{counts} in {time.monotonic() - started:.0f} s.")
        self.stdout.write(f"Sign in as customer@example.com with the password {PASSWORD}.")

    def _tell(self) -> str:
        """Play the story, from half a year ago until now; answer what it made, in words."""
        random = Random(SEED)  # the same story each time
        ends = timezone.now().replace(microsecond=0)
        begins = ends - MONTHS
        cast = Cast(begins=begins, random=random)
        cast.arrive()
        Audience.objects.update(since=begins)
        script = Script(begins=begins, ends=ends)
        story = Story(script, cast, random)
        story.write()
        self.stdout.write("Playing half a year of Northline …")
        script.play()
        return f"{len(story.ideas)} ideas and {len(story.topics)} questions"
