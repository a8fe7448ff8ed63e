"""The verbs about people. Each is atomic, safe to repeat, and rests on a constraint."""

from .admins import make_admin
from .joining import confirm_address, join, member_with_address
from .places import load_places
from .profiles import change_names, choose_store
from .sanctions import lift, suspend, warn

__all__ = [
    "change_names",
    "choose_store",
    "confirm_address",
    "join",
    "lift",
    "load_places",
    "make_admin",
    "member_with_address",
    "suspend",
    "warn",
]
