"""What can be found, the words it is found by, and which words say the same.

The columns and tables that only one of the databases has are made by `engines`.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

EVERYTHING = ""  # the word that stands in every entry: its row holds how many entries there are


class SearchEntry(models.Model):
    """A thing as it can be found: its words, and who may find it.

    `board_id` and `audience` are copied in, so that visibility is part of the query; what is hidden
    has no entry. The terms are made by `analysis`: ASCII words that a database takes as they are.
    `vector` is what the text means (`meaning.vectors`); null: not worked out yet, or no model.
    """

    kind = models.CharField(max_length=10)
    object_id = models.BigIntegerField()
    board_id = models.BigIntegerField()
    audience = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    body = models.TextField(blank=True)
    title_terms = models.TextField(blank=True)
    body_terms = models.TextField(blank=True)
    vector = models.BinaryField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="one_entry_a_thing"),
        ]
        indexes = [
            models.Index(fields=["board_id"], name="entries_of_board"),
            models.Index(
                fields=["id"], condition=models.Q(vector=None), name="entries_without_vector"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class SearchWord(models.Model):
    """A term of the index, and how many entries have it: what its rarity is worked out from.

    `meant` is the common word that a rare one seems to be a slip of the finger for.
    """

    word = models.CharField(max_length=100, unique=True)
    entry_count = models.IntegerField(default=0)
    meant = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["meant"], condition=~models.Q(meant=""), name="mistypings_of_word"
            ),
        ]

    def __str__(self) -> str:
        return self.word


class Synonyms(models.Model):
    """Words that customers use for the same thing: “wi-fi = wifi = wireless”."""

    words = models.CharField(
        _("words"),
        max_length=400,
        unique=True,
        help_text=_("Words or short phrases with = between them, such as: wi-fi = wifi = wireless"),
    )

    class Meta:
        ordering = ["words"]
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return self.words

    @property
    def phrases(self) -> list[str]:
        """The words or phrases, one by one."""
        return [phrase.strip() for phrase in self.words.split("=") if phrase.strip()]

    def clean(self) -> None:
        """Raise ValidationError unless it says that two things at least are the same."""
        if len(self.phrases) < 2:
            raise ValidationError({"words": _("Put = between two words at least.")})


class Filling(models.Model):
    """How far the index has been filled with what was there before it: one row a kind.

    A row of an older version of `analysis` is filled again.
    """

    kind = models.CharField(max_length=10, primary_key=True)
    version = models.PositiveSmallIntegerField()
    last_id = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} up to {self.last_id}"
