"""Who else wrote an idea, and which side a comment takes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models import Post

from .ideas import Idea


class CoAuthor(models.Model):
    """A member who may edit the idea beside its author, and is named with them."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="co_authors")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="co_authored"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "member"], name="co_author_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} with idea {self.idea_id}"


class Stance(models.Model):
    """A comment speaks for or against the idea, as its writer chose. Most take no side."""

    class Side(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Against")

    post = models.OneToOneField(
        Post, on_delete=models.CASCADE, primary_key=True, related_name="stance"
    )
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="stances")
    side = models.CharField(max_length=7, choices=Side.choices)

    class Meta:
        indexes = [models.Index(fields=["idea", "side"], name="stances_of_idea")]

    def __str__(self) -> str:
        return f"{self.side} in post {self.post_id}"
