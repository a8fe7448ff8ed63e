"""The conversation: boards hold topics, topics hold posts, and promises are made in them."""

from .boards import Board
from .posts import Helpful, Post, PostEdit
from .promises import Promise
from .topics import MeToo, Topic, TopicTag

__all__ = ["Board", "Helpful", "MeToo", "Post", "PostEdit", "Promise", "Topic", "TopicTag"]
