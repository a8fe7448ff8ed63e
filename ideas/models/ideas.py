"""An idea is a topic with votes and a decision; its timeline is never overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from community.core.statements import one_type, planning_once
from community.people.models import Store
from community.people.readers import Reader
from forum.models import Board, Topic

from ..statuses import DECIDED, LISTED, TAKES_COMMENTS, TAKES_VOTES, Status

if TYPE_CHECKING:
    from .votes import Vote


class IdeaQuerySet(models.QuerySet["Idea"]):
    """The questions the site asks about ideas, as words that chain."""

    def visible_to(self, reader: Reader) -> Self:
        """On a board the reader may read, and not hidden (save for its author and moderators)."""
        return self.filter(topic__in=Topic.objects.visible_to(reader))

    def public(self) -> Self:
        """What anybody may read: for feeds and other things nobody is signed in to."""
        return self.filter(topic__in=Topic.objects.public())

    def listed(self) -> Self:
        """All but the joined and the withdrawn."""
        return self.filter(status__in=LISTED)

    def accepting_votes(self) -> Self:
        return self.filter(status__in=TAKES_VOTES)

    def unanswered(self) -> Self:
        """Open to votes, and nobody of the staff has said anything yet."""
        return self.accepting_votes().filter(answered_at=None)

    def accepting_comments(self) -> Self:
        return self.filter(status__in=TAKES_COMMENTS, topic__locked_at=None)

    def decided(self) -> Self:
        return self.filter(status__in=DECIDED)

    def hottest(self) -> Self:
        return self.order_by("-heat", "-pk")

    def most_wanted(self) -> Self:
        return self.order_by("-vote_count", "-pk")

    def newest(self) -> Self:
        return self.order_by("-pk")

    def unhidden(self) -> Self:
        """Without those that a moderator took away, whoever reads."""
        return self.filter(topic__hidden_at=None)

    def with_vote_of(self, reader: Reader) -> Self:
        """Annotate `is_my_vote`, in the same query, for the vote button; false for strangers."""
        if not reader.is_authenticated:
            return self.annotate(is_my_vote=models.Value(False))
        here = Q(idea=models.OuterRef("pk")) | Q(counted_on=models.OuterRef("pk"))
        mine = apps.get_model("ideas", "Vote").objects.filter(here, voter=reader.pk)
        return self.annotate(is_my_vote=models.Exists(mine))

    def with_part_of(self, reader: Reader) -> Self:
        """Annotate whether others write it too (`has_co_authors`), and of a member whether they do
        (`is_co_author`) or are asked to (`is_invited`); in the same query."""
        asked = apps.get_model("ideas", "CoAuthor").objects.filter(idea=models.OuterRef("pk"))
        ideas = self.annotate(has_co_authors=models.Exists(asked.accepted()))
        if not reader.is_authenticated:
            return ideas
        own = asked.filter(member=reader.pk)
        return ideas.annotate(
            is_co_author=models.Exists(own.accepted()), is_invited=models.Exists(own.invited())
        )

    def for_vote_button(self, reader: Reader) -> Self:
        """What `ideas/_vote.html` needs of an idea, in one query."""
        return self.select_related("topic").with_vote_of(reader)

    def for_list(self, reader: Reader) -> Self:
        """Ideas for cards: readable, not hidden, not joined or withdrawn; topic, board and vote."""
        readable = self.filter(board__in=Board.objects.visible_to(reader)).unhidden().listed()
        return readable.select_related("board").for_vote_button(reader)

    def count_in(self, vote: Vote) -> bool:
        """Add a vote to count and heat of its idea, which then has them as they are stored.

        Answers False where the idea takes no votes. One statement, by hand: each vote makes it, and
        making it of a queryset takes longer than the database does. Here alone votes are counted.
        """
        marks = ", ".join(["%s"] * len(TAKES_VOTES))
        counting = (
            f'UPDATE "{Idea._meta.db_table}" SET vote_count = vote_count + 1, heat = heat + %s'
            f" WHERE topic_id = %s AND status IN ({marks}) RETURNING vote_count, heat"
        )
        with planning_once().cursor() as cursor:
            cursor.execute(counting, [vote.weight, one_type(vote.idea_id), *TAKES_VOTES])
            found = cursor.fetchone()
        if found:
            vote.idea.vote_count, vote.idea.heat = found
        return bool(found)


class Idea(models.Model):
    """What a customer wants. Its words are its topic's; here stand votes, heat and status.

    `board`, `store` and `answered_at` (its first staff answer) are copied from the topic, because
    an index cannot span two tables. `heat` is explained in `ideas.heat`. `cycle` counts the rounds
    of review: each ends with a decision that lets the idea go on. `imported_votes` were counted
    elsewhere, before: they are shown as such, and stand outside every threshold.
    """

    topic = models.OneToOneField(
        Topic, on_delete=models.CASCADE, primary_key=True, related_name="idea"
    )
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="ideas")
    store = models.ForeignKey(
        Store, null=True, blank=True, on_delete=models.SET_NULL, related_name="ideas"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )
    vote_count = models.PositiveIntegerField(default=0)
    heat = models.FloatField(default=0)
    imported_votes = models.PositiveIntegerField(default=0)
    cycle = models.PositiveSmallIntegerField(default=1)
    answered_at = models.DateTimeField(null=True, blank=True)
    returns_on = models.DateField(null=True, blank=True, help_text="When a “not now” comes back.")
    terms_version = models.CharField(max_length=20)
    created_at = models.DateTimeField(default=timezone.now)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="duplicate", duplicate_of__isnull=False)
                | ~Q(status="duplicate") & Q(duplicate_of=None),
                name="a_duplicate_names_its_idea",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of=None) | ~Q(duplicate_of=F("pk")),
                name="no_duplicate_of_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["-heat", "-topic"], name="ideas_hottest"),
            models.Index(fields=["board", "-heat", "-topic"], name="ideas_hottest_of_board"),
            models.Index(fields=["status", "-heat", "-topic"], name="ideas_hottest_of_status"),
            models.Index(fields=["-vote_count", "-topic"], name="ideas_most_wanted"),
            models.Index(fields=["board", "-vote_count", "-topic"], name="ideas_wanted_of_board"),
            models.Index(fields=["status", "-vote_count", "-topic"], name="ideas_wanted_of_status"),
            models.Index(fields=["board", "-topic"], name="ideas_newest_of_board"),
            models.Index(fields=["status", "-topic"], name="ideas_newest_of_status"),
            models.Index(
                fields=["store", "-heat", "-topic"],
                condition=Q(store__isnull=False),
                name="ideas_hottest_of_store",
            ),
            models.Index(
                fields=["-heat", "-topic"],
                condition=Q(answered_at=None),
                name="ideas_hottest_unanswered",
            ),
            models.Index(
                fields=["-vote_count", "-topic"],
                condition=Q(answered_at=None),
                name="ideas_wanted_unanswered",
            ),
            models.Index(
                fields=["-topic"], condition=Q(answered_at=None), name="ideas_newest_unanswered"
            ),
            models.Index(
                fields=["returns_on"], condition=Q(returns_on__isnull=False), name="ideas_returning"
            ),
        ]

    def __str__(self) -> str:
        return f"idea {self.pk}"

    def get_absolute_url(self) -> str:
        return self.topic.get_absolute_url()

    @property
    def accepts_votes(self) -> bool:
        return self.status in TAKES_VOTES

    @property
    def accepts_comments(self) -> bool:
        return self.status in TAKES_COMMENTS and self.topic.locked_at is None

    @property
    def is_decided(self) -> bool:
        return self.status in DECIDED

    @property
    def vote_url(self) -> str:
        """Where a vote is cast; put together by hand, because lists have it twenty times."""
        return f"/ideas/{self.pk}/vote/"

    @property
    def withdraw_url(self) -> str:
        """Where a vote is taken back."""
        return f"/ideas/{self.pk}/vote/withdraw/"


class IdeaStatusChange(models.Model):
    """One line of an idea's public timeline: what happened, when, and who did it."""

    class Kind(models.TextChoices):
        POSTED = "posted"
        RAISED = "raised"
        UNRAISED = "unraised"
        REVIEW_STARTED = "review_started"
        ANSWERED = "answered"
        DECIDED = "decided"
        RETURNED = "returned"
        OVERDUE = "overdue"
        PROMISE_KEPT = "promise_kept"
        PROMISE_MISSED = "promise_missed"
        WITHDRAWN = "withdrawn"
        JOINED = "joined"
        PARTED = "parted"
        VOTES_REMOVED = "votes_removed"
        VOTES_RESTORED = "votes_restored"
        IMPORTED = "imported"

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="timeline")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    status = models.CharField(max_length=10, choices=Status.choices, help_text="Since this moment.")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    byline = models.CharField(max_length=160, blank=True, help_text="Who, as the public reads it.")
    note = models.TextField(blank=True, help_text="Public words.")
    data = models.JSONField(default=dict, help_text="Facts: rule, votes, due date, decision, date.")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["idea", "at"], name="timeline_of_idea")]

    def __str__(self) -> str:
        return f"{self.kind} of idea {self.idea_id}"
