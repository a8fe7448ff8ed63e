"""Who else wrote an idea, and which side a comment takes."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models import Post

from .ideas import Idea


class CoAuthorQuerySet(models.QuerySet["CoAuthor"]):
    """Co-authors as words."""

    def accepted(self) -> Self:
        return self.filter(accepted_at__isnull=False)

    def invited(self) -> Self:
        """Asked, and without an answer yet."""
        return self.filter(accepted_at=None, declined_at=None)


class CoAuthor(models.Model):
    """A member who may edit the idea beside its author, and is named with them.

    Only once they have accepted; an invitation that was declined stays, so that it is not repeated.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="co_authors")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="co_authored"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(
        null=True, blank=True, help_text="Declined or left; nobody can ask them again."
    )

    objects = CoAuthorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "member"], name="co_author_once"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None),
                name="a_co_author_says_one_thing",
            ),
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


class Look(models.Model):
    """When a member last said that they have seen what became of their ideas and votes."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"look of {self.member_id}"
