"""What a member wants by mail."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from community.people.models import User

from ..models import Preference
from .stopping import stop_mails_of


def wants_mail(user_ids: Iterable[int], category: str) -> set[int]:
    """Those of these members who want this category by mail; who never chose, does."""
    asked = set(user_ids)
    refused = Preference.objects.filter(user__in=asked, category=category, by_mail=False)
    return asked - set(refused.values_list("user_id", flat=True))


@transaction.atomic
def choose_mail(user_id: int, choices: dict[str, bool]) -> None:
    """Store by category whether the member wants its mail. The last word counts.

    Mail that waits already is stopped by a no; what was stopped does not come back by a yes.
    """
    Preference.objects.bulk_create(
        [
            Preference(user_id=user_id, category=category, by_mail=by_mail)
            for category, by_mail in choices.items()
        ],
        update_conflicts=True,
        unique_fields=["user", "category"],
        update_fields=["by_mail"],
    )
    stop_mails_of(user_id, [category for category, by_mail in choices.items() if not by_mail])


def stop_or_start(user_id: int, category: str, *, by_mail: bool) -> None:
    """Stop one category's mail, or start it again; for a member who has left it is nothing."""
    if User.objects.filter(pk=user_id).exists():
        choose_mail(user_id, {category: by_mail})
