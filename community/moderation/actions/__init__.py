"""The verbs of moderation. Each is atomic, safe to repeat, and leaves an audit entry."""

from .hiding import hide_post, restore_post, take_name_away
from .reporting import report
from .reviewing import dismiss, hide, hide_and_suspend, hide_and_warn, keep

__all__ = [
    "dismiss",
    "hide",
    "hide_and_suspend",
    "hide_and_warn",
    "hide_post",
    "keep",
    "report",
    "restore_post",
    "take_name_away",
]
