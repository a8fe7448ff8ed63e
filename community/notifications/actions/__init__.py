"""The verbs of being told. Each is atomic, safe to repeat, and rests on a constraint."""

from .choosing import choose_mail, stop_or_start, wants_mail
from .mailing import owe_mail, owe_mails
from .noticing import mark_read, notify
from .sending import release_failed, retry_mail, send_due
from .stopping import stop_due_by, stop_mails, stop_mails_of, stop_unwanted
from .watching import watch, watchers

__all__ = [
    "choose_mail",
    "mark_read",
    "notify",
    "owe_mail",
    "owe_mails",
    "release_failed",
    "retry_mail",
    "send_due",
    "stop_due_by",
    "stop_mails",
    "stop_mails_of",
    "stop_or_start",
    "stop_unwanted",
    "wants_mail",
    "watch",
    "watchers",
]
