"""What an idea's page says of its writers: who they are, and whether they changed its words."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from community.people.models import User
from community.people.readers import Reader

from .models import Idea, Vote


def co_authors_of(idea: Idea) -> list[SafeString]:
    """The names of who writes it too, leading to their pages. No query where nobody does.

    The idea is one read `with_part_of` its reader.
    """
    if not getattr(idea, "has_co_authors", False):
        return []
    writers = User.objects.filter(co_authored__idea=idea, co_authored__accepted_at__isnull=False)
    return [_name(writer) for writer in writers.order_by("co_authored__accepted_at", "pk")]


def edited_since_vote(idea: Idea, reader: Reader) -> bool:
    """Whether the reader voted for other words than stand there now; asked only of edited ideas."""
    edited_at = idea.topic.edited_at
    if edited_at is None or not getattr(idea, "is_my_vote", False):
        return False
    return Vote.objects.filter(idea=idea, voter=reader.pk, at__lt=edited_at).exists()


def _name(writer: User) -> SafeString:
    if not writer.is_active:
        return SafeString(format_html("{}", writer.name))
    return format_html('<a href="{}">{}</a>', writer.get_absolute_url(), writer.name)
