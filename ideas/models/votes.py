"""Votes: one for each member and idea, counted once for each person."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import connection, models
from django.db.models import Q

from community.people.models import User

from ..heat import vote_weight
from .ideas import Idea


class VoteQuerySet(models.QuerySet["Vote"]):
    """Votes as words."""

    def insert_unless_there(self, vote: Vote) -> bool:
        """INSERT … ON CONFLICT DO NOTHING; answer whether the row is new.

        By hand, because `bulk_create(ignore_conflicts=True)` does not say whether it inserted.
        """
        fields = [f for f in Vote._meta.local_concrete_fields if not f.primary_key]
        columns = ", ".join(f'"{f.column}"' for f in fields)
        marks = ", ".join(["%s"] * len(fields))
        values = [f.get_db_prep_save(getattr(vote, f.attname), connection) for f in fields]
        into = f'INSERT INTO "{Vote._meta.db_table}" ({columns}) VALUES ({marks})'
        with connection.cursor() as cursor:
            cursor.execute(f"{into} ON CONFLICT DO NOTHING", values)
            return bool(cursor.rowcount)


class Vote(models.Model):
    """A member wants an idea.

    `counted_on` is the idea it counts for: the canonical one after a join; empty when invalidated,
    or when another account of the same mailbox already counts there. `weight` is its term of the
    heat.
    """

    class Source(models.TextChoices):
        PAGE = "page"
        MAIL = "mail"
        STAFF = "staff"
        IMPORT = "import"
        DEMO = "demo"

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="votes")
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="votes"
    )
    counted_on = models.ForeignKey(
        Idea, null=True, on_delete=models.SET_NULL, related_name="counted_votes"
    )
    person = models.CharField(max_length=32, help_text="Keyed hash of the voter's mailbox.")
    weight = models.FloatField()
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.PAGE)
    at = models.DateTimeField()

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "voter"], name="one_vote_each"),
            models.UniqueConstraint(
                fields=["counted_on", "person"],
                condition=Q(counted_on__isnull=False),
                name="one_counted_vote_a_person",
            ),
        ]
        indexes = [
            models.Index(fields=["counted_on", "at"], include=["weight"], name="votes_counted"),
            models.Index(fields=["voter", "-at"], name="votes_of_member"),
        ]

    def __str__(self) -> str:
        return f"vote of {self.voter_id} for {self.idea_id}"

    @classmethod
    def of(cls, idea: Idea, voter: User, *, source: str, at: datetime) -> Vote:
        """A vote that counts for the idea, not yet stored."""
        return cls(
            idea=idea,
            voter=voter,
            counted_on=idea,
            person=voter.person,
            weight=vote_weight(at),
            source=source,
            at=at,
        )
