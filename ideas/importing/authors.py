"""Members that stand for who wrote on the old site.

They have the name that stood there, and an address of the reserved domain `.invalid`, which no mail
can reach; the account is closed, so nobody signs in as them and nothing is ever sent to them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower

from community.people.mailbox import person_key
from community.people.models import User
from community.people.names import clean_display_name

DOMAIN = "imported.invalid"
KEY_LENGTH = 16


def imported_authors(source: str, names: Iterable[str], *, at: datetime) -> dict[str, User]:
    """A member for each name of this source, made where there is none yet."""
    addresses = {name: _address(source, name) for name in names if name}
    wanted = set(addresses.values())
    known = _with_addresses(wanted)
    missing = {address: name for name, address in addresses.items() if address not in known}
    made = [_member(name, address, at=at) for address, name in missing.items()]
    User.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        known = _with_addresses(wanted)
    return {name: known[address] for name, address in addresses.items()}


def _with_addresses(addresses: set[str]) -> dict[str, User]:
    rows = User.objects.get_queryset().alias(lower_email=Lower("email"))
    return {user.email: user for user in rows.filter(lower_email__in=addresses)}


def _address(source: str, name: str) -> str:
    """The same for the same name there, in any case."""
    digest = hashlib.sha256(f"{source}\n{name.lower()}".encode()).hexdigest()
    return f"{digest[:KEY_LENGTH]}@{source}.{DOMAIN}"


def _member(name: str, address: str, *, at: datetime) -> User:
    return User(
        email=address,
        username=f"imported-{address[:KEY_LENGTH]}",
        display_name=_shown(name),
        person=person_key(address),
        password=make_password(None),
        is_active=False,
        joined_at=at,
    )


def _shown(name: str) -> str:
    """The name, unless it could be taken for the company's or cannot be shown; then none."""
    try:
        return clean_display_name(name)
    except ValidationError:
        return ""
