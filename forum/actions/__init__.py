"""The verbs of the forum. Each is atomic, safe to repeat, and records what happened."""

from .answering import answer_officially, signature
from .editing import edit_post
from .helping import mark_helpful, take_back_helpful
from .hiding import hide_post, release_post, restore_post
from .locking import lock_topic, unlock_topic
from .posting import TopicLocked, reply, start_topic
from .promising import close_promise, make_promise
from .publishing import PostAct
from .solving import accept_solution, has_this_too, take_back_me_too
from .tagging import MAX_TAGS, set_tags

__all__ = [
    "MAX_TAGS",
    "PostAct",
    "TopicLocked",
    "accept_solution",
    "answer_officially",
    "close_promise",
    "edit_post",
    "has_this_too",
    "hide_post",
    "lock_topic",
    "make_promise",
    "mark_helpful",
    "release_post",
    "reply",
    "restore_post",
    "set_tags",
    "signature",
    "start_topic",
    "take_back_helpful",
    "take_back_me_too",
    "unlock_topic",
]
