"""What a stranger began here, done once their code has come back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.core.gates import Refused
from community.people.held import Outcome, resume
from community.people.models import HeldAct, User

from . import actions
from .models import Board, Post, Topic
from .permissions import may_say_helpful
from .wording import waits_words


@resume("forum.question")
def ask_held_question(act: HeldAct, user: User) -> Outcome:
    """Ask what the stranger typed, on the board they chose."""
    typed = act.payload
    board = Board.objects.visible_to(user).of_questions().filter(slug=typed["board"]).first()
    if board is None:
        raise Refused(_("This board is not here any more."))
    try:
        topic = actions.start_topic(
            board,
            kind=Topic.Kind.QUESTION,
            title=typed["title"],
            text=typed["body"],
            tags=typed["tags"].split(","),
            by=user,
        )
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    sentence = _("Your question is asked. We mail you when somebody answers.")
    return Outcome(topic.get_absolute_url(), waits_words() if topic.hidden_at else sentence)


@resume("forum.reply")
def post_held_reply(act: HeldAct, user: User) -> Outcome:
    """Post the reply that the stranger typed, if the question still takes one."""
    topic = _question(act, user)
    to = act.payload.get("to")
    reply_to = topic.posts.published().replies().numbered(int(to)).first() if to else None
    try:
        post = actions.reply(topic, text=act.payload["body"], by=user, reply_to=reply_to)
    except actions.TopicLocked as fault:
        raise Refused(_("This question has been closed; it takes no more replies.")) from fault
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    sentence = waits_words() if post.is_held else _("Your reply is posted.")
    return Outcome(topic.post_url(post.no), sentence)


@resume("forum.me_too")
def count_held_me_too(act: HeldAct, user: User) -> Outcome:
    """Count the stranger in."""
    topic = _question(act, user)
    actions.has_this_too(topic, by=user)
    sentence = _("You are counted in. We mail you when staff answer or when it is solved.")
    return Outcome(topic.get_absolute_url(), sentence)


@resume("forum.helpful")
def count_held_helpful(act: HeldAct, user: User) -> Outcome:
    """Count what the stranger said of the post, unless it is their own."""
    posts = Post.objects.visible_to(user).select_related("topic")
    post = posts.filter(topic=act.payload["topic"]).numbered(act.payload["no"]).first()
    if post is None or not may_say_helpful(user, post):
        raise Refused(_("This cannot be counted: it is your own, or not here any more."))
    actions.mark_helpful(post, by=user, is_helpful=bool(act.payload["helpful"]))
    return Outcome(post.get_absolute_url(), _("Thank you. It is counted."))


def _question(act: HeldAct, user: User) -> Topic:
    """The question the act is about, where its person may still read it."""
    topics = Topic.objects.visible_to(user).questions().select_related("board")
    topic = topics.filter(pk=act.payload["topic"]).first()
    if topic is None:
        raise Refused(_("This question is not here any more."))
    return topic
