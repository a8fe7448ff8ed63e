"""Finding the members behind @names."""

from collections.abc import Iterable, Mapping

from django.db.models.functions import Lower
from django.urls import reverse

from .models import User


def members_named(usernames: Iterable[str]) -> dict[str, User]:
    """The active members with these usernames (any case), by lower-case username."""
    wanted = {name.lower() for name in usernames}
    if not wanted:
        return {}
    found = User.objects.annotate(lower_name=Lower("username")).filter(
        lower_name__in=wanted, is_active=True
    )
    return {member.username.lower(): member for member in found}


def mention_links(usernames: set[str]) -> Mapping[str, str]:
    """The page of each member mentioned, by lower-case username; unknown names stay plain text."""
    members = members_named(usernames)
    return {name: reverse("person", args=[who.username]) for name, who in members.items()}
