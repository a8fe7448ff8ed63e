"""Ideas that were brought in from elsewhere, so that a second import changes nothing."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

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
