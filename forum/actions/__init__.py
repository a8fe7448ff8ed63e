"""The verbs of the forum. Each is atomic, safe to repeat, and records what happened."""

from .editing import edit_post
from .hiding import hide_post, restore_post
from .posting import MAX_TAGS, TopicLocked, reply, start_topic
from .promising import close_promise, make_promise
from .solving import accept_solution, has_this_too, take_back_me_too

__all__ = [
    "MAX_TAGS",
    "TopicLocked",
    "accept_solution",
    "close_promise",
    "edit_post",
    "has_this_too",
    "hide_post",
    "make_promise",
    "reply",
    "restore_post",
    "start_topic",
    "take_back_me_too",
]
