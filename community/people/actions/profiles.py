"""What a member says about themselves."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.core.page_cache import forget_pages

from ..models import Store, User


def change_names(member: User, *, username: str, display_name: str, time_zone: str = "") -> bool:
    """Give the member these names, already cleaned; answer whether anything changed.

    Raises ValidationError on the field `username` where somebody has it, in any case.
    """
    before = (member.username, member.display_name, member.time_zone)
    after = (username, display_name, time_zone or member.time_zone)
    if before == after:
        return False
    member.username, member.display_name, member.time_zone = after
    try:
        with transaction.atomic():
            member.save(update_fields=["username", "display_name", "time_zone"])
    except IntegrityError:
        member.username, member.display_name, member.time_zone = before
        taken = _("Somebody has this username. Please choose another.")
        raise ValidationError({"username": taken}) from None
    forget_pages()
    return True


def choose_store(member: User, store: Store | None) -> bool:
    """Keep at which store the member shops, if any; answer whether that is new."""
    if member.home_store == store:
        return False
    member.home_store = store
    member.save(update_fields=["home_store"])
    return True
