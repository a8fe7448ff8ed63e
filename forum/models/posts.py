"""Posts: what was written, in whose name, and how it was edited."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.people.permissions import is_moderator
from community.people.readers import Reader
from community.voices.models import Voice

from .topics import Topic


class PostQuerySet(models.QuerySet["Post"]):
    """The questions the site asks about posts, as words that chain."""

    def published(self) -> Self:
        return self.filter(state=Post.State.PUBLISHED)

    def visible_to(self, reader: Reader) -> Self:
        """Published, in a topic the reader may read; else only for their author and moderators."""
        return self.filter(topic__in=Topic.objects.visible_to(reader)).shown_to(reader)

    def shown_to(self, reader: Reader) -> Self:
        """The same within topics that the reader is known to may read."""
        if is_moderator(reader):
            return self.all()
        if reader.is_authenticated:
            return self.filter(Q(state=Post.State.PUBLISHED) | Q(author=reader))
        return self.published()

    def with_word_of(self, reader: Reader) -> Self:
        """Annotate `my_word`: whether the reader said that it helped; None for neither."""
        if not reader.is_authenticated:
            return self
        words = Helpful.objects.filter(post=models.OuterRef("pk"), member=reader.pk)
        return self.annotate(my_word=models.Subquery(words.values("is_helpful")[:1]))

    def numbered(self, no: int) -> Self:
        """The one with this number, among the posts of a topic.

        In the order of the index that finds it: `first()` would ask for the order of ids, and
        PostgreSQL then may walk the table by it.
        """
        return self.filter(no=no).order_by("topic_id", "no")

    def replies(self) -> Self:
        return self.filter(no__gt=1)

    def by_staff(self) -> Self:
        """Written as staff, under the company's voice."""
        return self.filter(voice__isnull=False)


class Post(models.Model):
    """One text in a topic. `html` is rendered once, when it is written.

    `held_at` stays set until the post is published for the first time, also while it is hidden.
    `voice` and `byline` are the staff mark: set when it was written as staff, never taken away.
    """

    class State(models.TextChoices):
        PUBLISHED = "published"
        HELD = "held"
        HIDDEN = "hidden"

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts")
    no = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="posts"
    )
    text = models.TextField()
    html = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    voice = models.ForeignKey(
        Voice, null=True, blank=True, on_delete=models.PROTECT, related_name="posts"
    )
    byline = models.CharField(max_length=160, blank=True)
    is_decision = models.BooleanField(default=False, help_text="The official answer to an idea.")
    reply_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="answers"
    )
    answer_count = models.PositiveIntegerField(
        default=0, help_text="Published posts replying to it."
    )
    helpful_count = models.PositiveIntegerField(default=0)
    unhelpful_count = models.PositiveIntegerField(default=0)
    helpfulness = models.FloatField(
        default=0, help_text="Wilson lower bound of the share that found it helpful, 0 to 1."
    )
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_reason = models.TextField(blank=True, help_text="What the gate said that held it.")
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.TextField(blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "no"], name="one_post_a_number"),
            models.CheckConstraint(
                condition=Q(voice=None, byline="") | Q(voice__isnull=False) & ~Q(byline=""),
                name="a_voice_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state="hidden") | Q(hidden_at__isnull=False) & ~Q(hidden_reason=""),
                name="hidden_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_at__isnull=False), name="held_at_its_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(held_at=None), name="held_until_published"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-created_at", "-id"], condition=Q(voice__isnull=False), name="staff_posts"
            ),
            models.Index(fields=["author", "-created_at"], name="posts_of_author"),
            models.Index(fields=["topic", "-helpfulness", "-id"], name="posts_most_helpful"),
        ]

    def __str__(self) -> str:
        return f"post {self.no} of topic {self.topic_id}"

    def get_absolute_url(self) -> str:
        return self.topic.post_url(self.no)

    @property
    def is_staff_answer(self) -> bool:
        return self.voice_id is not None

    @property
    def is_public(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def is_hidden(self) -> bool:
        return self.state == self.State.HIDDEN


class Helpful(models.Model):
    """A member says whether a post helped; one word each, which they may change or take back."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="helpfuls")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="helpfuls"
    )
    is_helpful = models.BooleanField(default=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "member"], name="one_helpful_each"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} on post {self.post_id}"


class PostEdit(models.Model):
    """A text as it stood before an edit: public history of a post (and its topic's title)."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="edits")
    title_before = models.CharField(max_length=120, blank=True)
    text_before = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["post", "-at"], name="edits_of_post")]

    def __str__(self) -> str:
        return f"edit of post {self.post_id}"
