"""The conversation: boards hold topics, topics hold posts, and promises are made in them."""

from .boards import Board
from .posts import Post, PostEdit
from .promises import Promise
from .topics import MeToo, Topic, TopicTag

__all__ = ["Board", "MeToo", "Post", "PostEdit", "Promise", "Topic", "TopicTag"]
