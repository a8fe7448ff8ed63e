"""Six-digit codes: made, kept as keyed digests, compared in constant time."""

import hashlib
import hmac
import secrets

from django.conf import settings

DIGITS = 6


def new_code() -> str:
    """Six random digits, as text: leading zeros count."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def digest_of(code: str, *, token: str) -> str:
    """HMAC-SHA-256 of the code for one held act, 64 hex digits: worth nothing for another."""
    words = f"{token}:{code}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()


def is_same_digest(one: str, other: str) -> bool:
    """Compare two digests in constant time; an empty one is the same as none."""
    return bool(one) and hmac.compare_digest(one, other)
