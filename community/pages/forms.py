"""Forms of pages over everything."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.forms import NamesForm
from ideas.forms import StoreField


class ProfileForm(NamesForm):
    """What others see of a member, and the store where they shop, which nobody else sees."""

    home_store = StoreField(
        label=_("Your store"),
        required=False,
        max_length=80,
        help_text=_(
            "Its town, postcode or number. Your votes count for it where a rule asks for votes from"
            " several stores. Others never see it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        store = self.member.home_store
        self.initial.setdefault("home_store", store.code if store else "")
        self.order_fields(["display_name", "username", "time_zone", "home_store"])
