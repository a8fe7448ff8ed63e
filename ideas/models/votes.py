"""Votes: one for each member and idea, counted once for each person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypedDict, cast

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Coalesce

from community.people.models import User

from ..heat import vote_weight
from .ideas import Idea
from .invalidations import VoteInvalidation

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Targeted(TypedDict):
        """What `with_target` adds."""

        target: int

    TargetedVotes = models.QuerySet[WithAnnotations["Vote", Targeted]]

VOTES_LOCK, BUCKETS = 7406, 512  # the name of PostgreSQL's locks on votes; ideas share one of many


class VoteQuerySet(models.QuerySet["Vote"]):
    """Votes as words."""

    def insert_unless_there(self, vote: Vote) -> bool:
        """INSERT … ON CONFLICT DO NOTHING; answer whether the row is new.

        By hand, because `bulk_create(ignore_conflicts=True)` does not say whether it inserted. On
        PostgreSQL it first takes a shared lock on the idea's votes, in the same statement, so that
        who moves many votes can wait until none is in the making; SQLite has one writer at a time.
        """
        fields = [f for f in Vote._meta.local_concrete_fields if not f.primary_key]
        columns = ", ".join(f'"{f.column}"' for f in fields)
        marks = ", ".join(["%s"] * len(fields))
        values = [f.get_db_prep_save(getattr(vote, f.attname), connection) for f in fields]
        rows = f"VALUES ({marks})"
        if connection.vendor == "postgresql":
            rows = f"SELECT {marks} FROM (SELECT pg_advisory_xact_lock_shared(%s, %s)) AS held"
            values += [VOTES_LOCK, vote.idea_id % BUCKETS]
        into = f'INSERT INTO "{Vote._meta.db_table}" ({columns}) {rows}'
        with connection.cursor() as cursor:
            cursor.execute(f"{into} ON CONFLICT DO NOTHING", values)
            return bool(cursor.rowcount)

    def for_family(self, idea_ids: Collection[int]) -> Self:
        """Those cast for these ideas, and for the ideas that were joined to them."""
        family = Idea.objects.filter(Q(pk__in=idea_ids) | Q(duplicate_of__in=idea_ids))
        return self.filter(idea__in=family.values("pk"))

    def with_target(self) -> TargetedVotes:
        """Annotate `target`: the idea a vote may count on, which is another where it was joined."""
        found: Any = self.annotate(target=Coalesce("idea__duplicate_of", "idea"))
        return cast("TargetedVotes", found)


class Vote(models.Model):
    """A member wants an idea.

    `counted_on` is the idea it counts for: the canonical one after a join; empty when invalidated,
    or when another account of the same mailbox already counts there. `weight` is its term of the
    heat. `network` is the part of the voter's address that a household or an office shares (/24 of
    IPv4, /48 of IPv6), never the whole. A vote that staff recorded for a customer names who did
    and says where the wish was heard.
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
    network = models.CharField(max_length=43, blank=True)
    invalidation = models.ForeignKey(
        VoteInvalidation, null=True, blank=True, on_delete=models.SET_NULL, related_name="votes"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True)

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "voter"], name="one_vote_each"),
            models.UniqueConstraint(
                fields=["counted_on", "person"],
                condition=Q(counted_on__isnull=False),
                name="one_counted_vote_a_person",
            ),
            models.CheckConstraint(
                condition=Q(invalidation=None) | Q(counted_on=None),
                name="an_invalid_vote_counts_nowhere",
            ),
        ]
        indexes = [
            models.Index(fields=["counted_on", "at"], include=["weight"], name="votes_counted"),
            models.Index(fields=["voter", "-at"], name="votes_of_member"),
            models.Index(
                fields=["idea", "person"], condition=Q(counted_on=None), name="votes_uncounted"
            ),
        ]

    def __str__(self) -> str:
        return f"vote of {self.voter_id} for {self.idea_id}"

    @classmethod
    def of(
        cls, idea: Idea, voter: User, *, source: str, at: datetime, **facts: str | User | None
    ) -> Vote:
        """A vote that counts for the idea, not yet stored; facts: network, recorded_by, note."""
        return cls(
            idea=idea,
            voter=voter,
            counted_on=idea,
            person=voter.person,
            weight=vote_weight(at),
            source=source,
            at=at,
            **facts,
        )
