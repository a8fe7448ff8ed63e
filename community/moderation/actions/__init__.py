"""The verbs of moderation. Each is atomic, safe to repeat, and leaves an audit entry."""

from .hiding import hide_post, restore_post, take_name_away
from .holding import publish_post, put_before_moderators
from .queueing import close_queued, queue
from .reporting import report
from .reviewing import dismiss, hide, hide_and_suspend, hide_and_warn, keep, publish

__all__ = [
    "close_queued",
    "dismiss",
    "hide",
    "hide_and_suspend",
    "hide_and_warn",
    "hide_post",
    "keep",
    "publish",
    "publish_post",
    "put_before_moderators",
    "queue",
    "report",
    "restore_post",
    "take_name_away",
]
