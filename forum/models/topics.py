"""Topics: a question, or the conversation under an idea."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from community.people.models import Store
from community.people.permissions import is_moderator
from community.people.readers import Reader

from .boards import Board


class TopicQuerySet(models.QuerySet["Topic"]):
    """The questions the site asks about topics, as words that chain."""

    def visible_to(self, reader: Reader) -> Self:
        """On a board the reader may read; hidden ones only for their author and moderators."""
        rows = self.filter(board__in=Board.objects.visible_to(reader))
        if is_moderator(reader):
            return rows
        if reader.is_authenticated:
            return rows.filter(Q(hidden_at=None) | Q(author=reader))
        return rows.filter(hidden_at=None)

    def public(self) -> Self:
        """What anybody may read: for feeds and other things nobody is signed in to."""
        return self.filter(board__audience=Board.Audience.PUBLIC, hidden_at=None)

    def questions(self) -> Self:
        return self.filter(kind=Topic.Kind.QUESTION)

    def unanswered(self) -> Self:
        """Somebody waits for a reply: asked, or asked again, and nobody else has answered since."""
        return self.filter(waiting_since__isnull=False, hidden_at=None).order_by(
            "waiting_since", "pk"
        )

    def solved(self) -> Self:
        """The asker has said what solved it."""
        return self.filter(solved_at__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-last_post_at", "-pk")


class Topic(models.Model):  # type: ignore[django-manager-missing]
    """A conversation: its posts are numbered from 1, the opening post.

    Ideas are topics too (`ideas.Idea` has the topic as its key), under `/ideas/<id>-<slug>/`.
    """

    class Kind(models.TextChoices):
        QUESTION = "question"
        IDEA = "idea"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="topics")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=120)
    slug = models.CharField(max_length=80)
    excerpt = models.CharField(max_length=240, blank=True, help_text="Plain words, for cards.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="topics"
    )
    store = models.ForeignKey(
        Store, null=True, blank=True, on_delete=models.SET_NULL, related_name="topics"
    )
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)

    highest_no = models.PositiveIntegerField(default=0, help_text="Last number given to a post.")
    reply_count = models.PositiveIntegerField(
        default=0, help_text="Published, without the opening and official answers to an idea."
    )
    me_too_count = models.PositiveIntegerField(default=0)
    last_post_at = models.DateTimeField(default=timezone.now)
    last_poster = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    waiting_since = models.DateTimeField(null=True, blank=True, help_text="Its asker waits.")
    staff_answered_at = models.DateTimeField(null=True, blank=True, help_text="First staff answer.")
    solution = models.OneToOneField(
        "forum.Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="solves"
    )
    solved_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_reason = models.TextField(blank=True, help_text="Public words.")
    hidden_at = models.DateTimeField(null=True, blank=True)

    tags = TaggableManager(through="forum.TopicTag", blank=True)
    objects = TopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reply_count__lte=F("highest_no")), name="no_more_replies_than_numbers"
            ),
            models.CheckConstraint(
                condition=Q(locked_at=None, locked_reason="")
                | Q(locked_at__isnull=False) & ~Q(locked_reason=""),
                name="locked_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "-last_post_at", "-id"], name="topics_of_kind"),
            models.Index(fields=["board", "-last_post_at", "-id"], name="topics_of_board"),
            models.Index(
                fields=["waiting_since", "id"],
                condition=Q(waiting_since__isnull=False),
                name="topics_waiting",
            ),
            models.Index(
                fields=["board", "waiting_since", "id"],
                condition=Q(waiting_since__isnull=False, hidden_at=None),
                name="topics_waiting_of_board",
            ),
            models.Index(
                fields=["kind", "-last_post_at", "-id"],
                condition=Q(solved_at__isnull=False),
                name="topics_solved",
            ),
            models.Index(
                fields=["board", "-last_post_at", "-id"],
                condition=Q(solved_at__isnull=False),
                name="topics_solved_of_board",
            ),
            models.Index(fields=["author", "-created_at"], name="topics_of_author"),
            models.Index(fields=["id"], condition=Q(hidden_at__isnull=False), name="topics_hidden"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        address = "idea" if self.is_idea else "topic"
        return reverse(address, args=[self.pk, self.slug])

    @property
    def is_idea(self) -> bool:
        return self.kind == self.Kind.IDEA

    def post_url(self, no: int, *, page: str = "") -> str:
        """The address of one post: its anchor on the page, wherever that page begins.

        `page` is the topic's own address, where many posts ask and it is known.
        """
        page = page or self.get_absolute_url()
        if no <= 1:
            return page
        return f"{page}?at={no}#post-{no}" if self.is_idea else f"{page}{no}/#post-{no}"


class TopicTag(ItemBase):  # type: ignore[misc]
    """A tag of a topic, with real foreign keys on both sides."""

    content_object = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="topic_tags")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="topic_tags")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="each_tag_once"),
        ]
        indexes = [models.Index(fields=["tag", "-content_object"], name="topics_of_tag")]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.content_object_id}"


class MeToo(models.Model):
    """“I have this too”: a member shares the question, and is told of its answer."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="me_toos")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="me_toos"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "member"], name="one_me_too_each"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} has {self.topic_id} too"
