"""Mailboxes: when two addresses reach one person."""

import hashlib
import hmac
import re

from django.conf import settings

ALIASES = {"googlemail.com": "gmail.com"}
PLUS_TAG = re.compile(r"\+.*$")


def normalised(address: str) -> str:
    """The mailbox behind an address: lower case, without a plus tag, without dots in the name.

    Dots are dropped everywhere, not only where the provider ignores them: that two people at one
    provider differ by a dot alone is far rarer than one person voting with fifty spellings.
    """
    name, _, domain = address.strip().lower().rpartition("@")
    name = PLUS_TAG.sub("", name).replace(".", "")
    domain = ALIASES.get(domain, domain)
    return f"{name}@{domain}"


def person_key(address: str) -> str:
    """A keyed hash (HMAC-SHA-256, 32 hex digits) of the mailbox: the same for all its spellings."""
    mailbox = normalised(address).encode()
    return hmac.new(settings.SECRET_KEY.encode(), mailbox, hashlib.sha256).hexdigest()[:32]
