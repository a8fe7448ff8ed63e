"""Decisions in public words, and the telling of everyone who asked for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.notifications.models import Mail
from community.people.models import Store
from forum.models import Post, Promise

from ..statuses import ENDS_VOTING, NEEDS_DATE, Verdict
from .escalations import Escalation
from .ideas import Idea

STRAGGLERS = timedelta(minutes=1)
PROMISE_TAKEN_BACK = "taken-back"
Told = TypeVar("Told", bound="Ledger")


class LedgerQuerySet(models.QuerySet[Told]):
    """News by how far its telling has come."""

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def still_telling(self) -> Self:
        """Published, with people who have not been told yet."""
        return self.published().filter(told_at=None)

    def wholly_told(self) -> Self:
        """Everybody is written down, and each was told, not reached, or told newer news."""
        done = Q(told_total=F("told_done") + F("bounced") + F("superseded"))
        return self.filter(done, rechecked_at__isnull=False)


class Ledger(models.Model):
    """News for many people, and how many of them have been told of it.

    The crowd is written down in order of member, so that a killed worker's successor goes on at
    `filled_to`. `filled_at` says that this has been done once; `rechecked_at` that it has been done
    once more, for votes and comments that were being stored while the news was published. Each
    count changes in the transaction of its cause. Done means sent, or declined by preference.
    """

    published_at = models.DateTimeField(null=True, blank=True)
    filled_to = models.BigIntegerField(default=0)
    filled_at = models.DateTimeField(null=True, blank=True)
    rechecked_at = models.DateTimeField(null=True, blank=True)
    told_total = models.PositiveIntegerField(default=0)
    told_done = models.PositiveIntegerField(default=0)
    bounced = models.PositiveIntegerField(default=0)
    superseded = models.PositiveIntegerField(
        default=0, help_text="Heard a newer decision instead, before this one was sent."
    )
    told_at = models.DateTimeField(null=True, blank=True, help_text="When the last was told.")

    class Meta:
        abstract = True

    @property
    def is_telling(self) -> bool:
        """Whether a reader who waits will see the figures move."""
        settled = self.told_done + self.bounced + self.superseded
        return self.published_at is not None and (
            self.filled_at is None or settled < self.told_total
        )

    def wants_filling(self, at: datetime) -> bool:
        """Whether people may still have to be written down."""
        if self.published_at is None or self.rechecked_at is not None:
            return False
        return self.filled_at is None or at >= self.published_at + STRAGGLERS


class DecisionQuerySet(LedgerQuerySet["Decision"]):
    """Decisions by what became of their promises."""

    def missed(self) -> Self:
        """Its promise was missed while it stood; what was taken back with it was not missed."""
        stood = Q(escalation__returned_at=None)
        stood |= Q(promise__closed_at__lt=F("escalation__returned_at"))
        return self.filter(stood, promise__state=Promise.State.MISSED)


class Decision(Ledger):
    """What was decided on an idea in one cycle, with a reason in public words.

    A draft is its writer's own, one for each escalation; the published one ends the escalation, and
    the official answer stands in the topic. A draft may be agreed inside the company first
    (`agreed_at`) and wait for its day (`publish_at`). `cost` is in whole units of the company's
    currency; above what its audience says a second person signs it off.
    """

    class Provenance(models.TextChoices):
        """How the idea came to be done, counted honestly on the numbers page."""

        ASKED = "asked", _("Because customers asked")
        PLANNED = "planned", _("It was already planned")
        UNDERWAY = "underway", _("It was already being built")

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="decisions")
    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField()
    date = models.DateField(null=True, blank=True)
    stores = models.ManyToManyField(Store, blank=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    provenance = models.CharField(
        max_length=8, choices=Provenance.choices, default=Provenance.ASKED
    )
    cost = models.PositiveIntegerField(null=True, blank=True)
    drafted_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    post = models.OneToOneField(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="decision"
    )
    promise = models.OneToOneField(
        Promise, null=True, blank=True, on_delete=models.SET_NULL, related_name="decision"
    )

    objects: ClassVar[DecisionQuerySet] = DecisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict__in=NEEDS_DATE) | Q(date__isnull=False),
                name="a_dated_decision_has_its_date",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_decision_has_a_reason"),
            models.UniqueConstraint(
                fields=["escalation"],
                condition=Q(published_at__isnull=False),
                name="one_decision_an_escalation",
            ),
            models.UniqueConstraint(
                fields=["escalation", "by"],
                condition=Q(published_at=None),
                name="one_draft_a_reviewer",
            ),
            models.UniqueConstraint(
                fields=["escalation"],
                condition=Q(published_at=None, agreed_at__isnull=False),
                name="one_agreed_decision_a_case",
            ),
        ]
        indexes = [
            models.Index(
                fields=["published_at"],
                condition=Q(told_at=None, published_at__isnull=False),
                name="decisions_telling",
            ),
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(published_at__isnull=False),
                name="decisions_newest",
            ),
            models.Index(
                fields=["publish_at"],
                condition=Q(published_at=None, publish_at__isnull=False),
                name="decisions_scheduled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} on idea {self.idea_id}"

    @property
    def is_taken_back(self) -> bool:
        """Whether it ended voting once and does not stand any more: its case was opened again."""
        return self.verdict in ENDS_VOTING and self.escalation.returned_at is not None

    @property
    def promise_state(self) -> str:
        """Where its promise stands: `open`, `kept`, `missed`, `taken-back`; "" without one.

        It is taken back with the decision, where that is looked at again before its day: then both
        have the same moment. One that was missed before stays missed.
        """
        promise, back = self.promise, self.escalation.returned_at
        if promise is None:
            return ""
        is_closed_so = promise.state == Promise.State.MISSED and promise.closed_at == back
        return PROMISE_TAKEN_BACK if is_closed_so else promise.state


class Outcome(Ledger):
    """The promise of a decision was kept: news for everyone who was told of the decision."""

    decision = models.OneToOneField(
        Decision, on_delete=models.CASCADE, primary_key=True, related_name="outcome"
    )

    objects: ClassVar[LedgerQuerySet[Outcome]] = LedgerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["published_at"], condition=Q(told_at=None), name="outcomes_telling"
            ),
        ]

    def __str__(self) -> str:
        return f"outcome of decision {self.decision_id}"


class TellingQuerySet(models.QuerySet["Telling"]):
    """Tellings as words."""

    def owed(self) -> Self:
        """Neither noticed nor mailed yet."""
        return self.filter(state=Telling.State.OWED)


class Telling(models.Model):
    """One person is owed one piece of news. Notice, mail and state are written in one transaction.

    `news` names the ledger it counts in: the decision's own, or that of its outcome.
    """

    class News(models.TextChoices):
        DECISION = "decision"
        OUTCOME = "outcome"

    class Because(models.TextChoices):
        """Why this person hears of it; of several reasons the first."""

        POSTED = "posted", _("you posted this idea")
        WROTE = "wrote", _("you wrote this idea with its author")
        VOTED = "voted", _("you voted for this idea")
        COMMENTED = "commented", _("you commented on this idea")
        SHARED = "shared", _("you said that you have this too")
        FOLLOWS = "follows", _("you follow this idea")

    class State(models.TextChoices):
        OWED = "owed"
        MAILED = "mailed"
        SENT = "sent"
        DECLINED = "declined"
        BOUNCED = "bounced"
        SUPERSEDED = "superseded"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="tellings")
    news = models.CharField(max_length=8, choices=News.choices, default=News.DECISION)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tellings"
    )
    because = models.CharField(max_length=9, choices=Because.choices, default=Because.VOTED)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OWED)
    mail = models.OneToOneField(Mail, null=True, on_delete=models.SET_NULL, related_name="telling")
    told_at = models.DateTimeField(null=True, blank=True)

    objects = TellingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "news", "recipient"], name="each_told_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["decision", "news", "id"], condition=Q(state="owed"), name="tellings_owed"
            ),
        ]

    def __str__(self) -> str:
        return f"telling {self.recipient_id} of {self.news} {self.decision_id}"

    def ledger_key(self) -> tuple[int, str]:
        """The ledger it counts in: decision and news."""
        return self.decision_id, self.news
