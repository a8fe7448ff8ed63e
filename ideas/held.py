"""What a stranger began here, done once their code has come back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.core.gates import Refused
from community.people.held import Outcome, resume
from community.people.models import HeldAct, Store, User
from forum.models import Board
from forum.wording import waits_words

from . import actions
from .models import Idea
from .wording import why_closed


@resume("ideas.vote")
def count_held_vote(act: HeldAct, user: User) -> Outcome:
    """Count the stranger's vote; one who had voted before hears that it counted then."""
    idea = _idea(act, user)
    try:
        is_new = actions.cast_vote(idea, by=user, network=act.payload.get("network", ""))
    except actions.VotingClosed:
        return Outcome(idea.get_absolute_url(), why_closed(idea))
    counted = _("Your vote counts. You will hear once when it is decided.")
    known = _("You had voted for this idea already. Your vote counts.")
    return Outcome(idea.get_absolute_url(), counted if is_new else known)


@resume("ideas.comment")
def post_held_comment(act: HeldAct, user: User) -> Outcome:
    """Post the comment that the stranger typed, if the idea still takes one."""
    idea = _idea(act, user)
    to = act.payload.get("to")
    reply_to = idea.topic.posts.published().replies().numbered(int(to)).first() if to else None
    try:
        post = actions.comment(
            idea,
            text=act.payload["body"],
            by=user,
            reply_to=reply_to,
            side=act.payload.get("side", ""),
        )
    except actions.CommentsClosed as fault:
        raise Refused(_("This idea takes no more comments.")) from fault
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    sentence = waits_words() if post.is_held else _("Your comment is posted.")
    return Outcome(post.get_absolute_url(), sentence)


@resume("ideas.new")
def post_held_idea(act: HeldAct, user: User) -> Outcome:
    """Post what the stranger typed, on the board they chose."""
    typed = act.payload
    board = Board.objects.visible_to(user).of_ideas().filter(slug=typed["board"]).first()
    if board is None:
        raise Refused(_("This topic is not here any more."))
    try:
        idea = actions.post_idea(
            board,
            title=typed["title"],
            body=typed["body"],
            tags=typed["tags"].split(","),
            store=Store.objects.filter(code=typed["store"]).first() if typed["store"] else None,
            by=user,
        )
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    posted = _("Your idea is posted, with your own vote.")
    return Outcome(idea.get_absolute_url(), waits_words() if idea.topic.hidden_at else posted)


def _idea(act: HeldAct, user: User) -> Idea:
    """The idea the act is about, where its person may still read it."""
    ideas = Idea.objects.visible_to(user).select_related("topic", "board")
    idea = ideas.filter(pk=act.payload["idea"]).first()
    if idea is None:
        raise Refused(_("This idea is not here any more."))
    return idea
