"""The private address of the feed of one's own list: a signed key that names member and list.

Feed readers cannot sign in. The key is kept nowhere; it ends with the account, while the member is
suspended, and with the password (for who has none: with the first).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from community.people.backends import MemberBackend
from community.people.models import User

from .lists import Wanted

SALT = "ideas.own-feed"
NUMBER_LENGTH = 18
LISTS = {"mine": (True, False), "voted": (False, True), "both": (True, True)}
NAMES = {flags: name for name, flags in LISTS.items()}


@dataclass(frozen=True, slots=True)
class OwnList:
    """Whose list, and which: their own ideas, those they voted for, or what is both."""

    member: User
    mine: bool
    voted: bool


def key_of(member: User, wanted: Wanted) -> str:
    """The key to this list of the member's, which has to be a personal one."""
    name = NAMES[wanted.mine, wanted.voted]
    return _signer(member.get_session_auth_hash()).sign(f"{member.pk}.{name}")


def read_key(key: str) -> OwnList | None:
    """Whose list the key opens, or None where it opens none (any more)."""
    number, _, name = key.rpartition(".")[0].partition(".")
    is_number = number.isascii() and number.isdigit() and len(number) <= NUMBER_LENGTH
    if not is_number or name not in LISTS:
        return None
    member = MemberBackend().get_user(number)
    if member is None or member.is_suspended() or not _is_signed_for(member, key):
        return None
    mine, voted = LISTS[name]
    return OwnList(member, mine, voted)


def own_feed_path(member: User, wanted: Wanted) -> str:
    """The address of the feed of this list of the member's, with its filters."""
    query = wanted.query(mine=False, voted=False)
    join = "&" if query else "?"
    return f"{reverse('ideas-own-feed')}{query}{join}key={key_of(member, wanted)}"


def _is_signed_for(member: User, key: str) -> bool:
    """Also by a secret key of the site from before the one of now."""
    hashes = (member.get_session_auth_hash(), *member.get_session_auth_fallback_hash())
    return any(_opens(_signer(secret), key) for secret in hashes)


def _opens(signer: Signer, key: str) -> bool:
    try:
        signer.unsign(key)
    except BadSignature:
        return False
    return True


def _signer(secret: str) -> Signer:
    return Signer(sep=".", salt=f"{SALT}.{secret}")
