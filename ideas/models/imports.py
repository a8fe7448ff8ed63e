"""What was brought in from elsewhere, so that a second import changes nothing, and how it went."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models import Board

from .ideas import Idea


class ImportedIdea(models.Model):
    """Where an imported idea came from: its key there, and how much of it has been brought in."""

    source = models.SlugField(max_length=40, help_text="The site it came from: uservoice, canny.")
    external_id = models.CharField(max_length=120)
    idea = models.OneToOneField(
        Idea, on_delete=models.CASCADE, primary_key=True, related_name="imported"
    )
    comment_count = models.PositiveIntegerField(default=0, help_text="Comments brought in.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="imported_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.external_id}"


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Runs as words."""

    def unfinished(self) -> Self:
        """Asked for, and not at the end of their file yet."""
        return self.filter(state=ImportRun.State.RUNNING)


class ImportRun(models.Model):
    """One file to bring in, how far that is, and what came of it.

    The file is kept, compressed, until its end is reached, so that any worker can go on where
    another was killed: `line_done` moves in the transaction that writes the lines before it.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", _("Waiting for your word")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Nothing was imported")

    source = models.SlugField(max_length=40)
    map_name = models.CharField(max_length=20, default="heard")
    board = models.ForeignKey(
        Board, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    file_name = models.CharField(max_length=120)
    content = models.BinaryField(default=bytes)
    comments = models.BinaryField(default=bytes)
    is_all_or_nothing = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=State.choices, default=State.PREVIEW)
    line_count = models.PositiveIntegerField(default=0)
    line_done = models.PositiveIntegerField(default=0)
    new_ideas = models.PositiveIntegerField(default=0)
    known_ideas = models.PositiveIntegerField(default=0)
    new_comments = models.PositiveIntegerField(default=0)
    fault_count = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, help_text="The first of them: line and sentence.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name
