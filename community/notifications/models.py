"""Who wants to hear of what, what they were told, and the mail that is owed."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """The kinds of news a person chooses about; sign-in codes are not news and always sent."""

    DECISIONS = "decisions", _("Decisions on ideas I voted for, wrote or follow")
    REPLIES = "replies", _("Replies to what I wrote")
    MENTIONS = "mentions", _("Someone mentions me")
    WATCHES = "watches", _("News in what I follow")
    REVIEW = "review", _("Review work: digests and reminders")
    MODERATION = "moderation", _("What moderators did with something I wrote")


class Watch(models.Model):
    """A member follows a thing: a topic (and so an idea), or another kind that is registered."""

    class Level(models.TextChoices):
        ALL = "all", _("Everything")
        DECISIONS = "decisions", _("Decisions only")
        NONE = "none", _("Nothing")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches"
    )
    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    level = models.CharField(max_length=12, choices=Level.choices, default=Level.ALL)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "object_id"], name="one_watch_each"),
        ]
        indexes = [models.Index(fields=["kind", "object_id", "user"], name="watchers_of_thing")]

    def __str__(self) -> str:
        return f"{self.level} of {self.kind}:{self.object_id}"


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notices as words."""

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def newest(self) -> Self:
        return self.order_by("-at", "-pk")


class Notification(models.Model):
    """One notice to one member. It names its thing; the page asks whether they may still see it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    key = models.CharField(max_length=80, help_text="The cause, as `decision:12`: told once each.")
    category = models.CharField(max_length=12, choices=Category.choices)
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    post_no = models.PositiveIntegerField(null=True, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="each_notice_once"),
        ]
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="notices_of_member"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notices_unread"),
        ]

    def __str__(self) -> str:
        return self.key


class Preference(models.Model):
    """Whether a member wants one category by mail; no row means yes."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences"
    )
    category = models.CharField(max_length=12, choices=Category.choices)
    by_mail = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "category"], name="one_choice_a_category"),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.by_mail}"


def _refusals() -> models.QuerySet[Preference]:
    """The choices that speak against a mail."""
    return Preference.objects.filter(
        user=models.OuterRef("user"), category=models.OuterRef("category"), by_mail=False
    )


class MailQuerySet(models.QuerySet["Mail"]):
    """The outbox as words."""

    def due(self, at: datetime) -> Self:
        """Waiting, its time come, and claimed by nobody or by a worker that died."""
        unclaimed = Q(claimed_until=None) | Q(claimed_until__lte=at)
        return self.waiting().filter(unclaimed, next_at__lte=at).order_by("next_at", "pk")

    def waiting(self) -> Self:
        return self.filter(state=Mail.State.WAITING)

    def codes(self) -> Self:
        """Somebody sits before a page and waits for it: these go before all news."""
        return self.filter(category="")

    def news(self) -> Self:
        return self.exclude(category="")

    def unwanted(self) -> Self:
        """Of a kind that its member has said no to."""
        return self.filter(models.Exists(_refusals()))

    def wanted(self) -> Self:
        """Of no kind that its member has said no to."""
        return self.filter(~models.Exists(_refusals()))

    def given_up(self) -> Self:
        """Failed too often: these wait for an admin."""
        return self.filter(state=Mail.State.FAILED)

    def readable(self) -> Self:
        """Their words have not been forgotten yet."""
        return self.exclude(text="")


class Mail(models.Model):
    """One message to one mailbox. The only owner of its Message-ID, attempts and bounce.

    Sent, then marked: after a crash it may go out once more, with the same Message-ID.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        BOUNCED = "bounced"
        FAILED = "failed"
        STOPPED = "stopped"  # hidden, or no longer wanted, before it went out

    to = models.EmailField(max_length=254)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField(max_length=120, unique=True, help_text="The cause and the recipient.")
    category = models.CharField(max_length=12, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(F("next_at"), F("id"), name="mail_owed", condition=Q(state="waiting")),
            models.Index(
                F("next_at"),
                F("id"),
                name="codes_owed",
                condition=Q(state="waiting", category=""),
            ),
            models.Index(fields=["created_at"], name="mail_readable", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.key
