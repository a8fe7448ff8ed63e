"""An idea as a card shows it in a list: its columns, and the row made of them without a query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.core.templatetags.heard import pill
from community.core.wording import day_words, grouped_number, local_day, short_number
from forum.models import Board

from .statuses import TAKES_VOTES, Status

COLUMNS = (
    "pk",
    "status",
    "vote_count",
    "heat",
    "board_id",
    "created_at",
    "topic__title",
    "topic__slug",
    "topic__excerpt",
    "topic__reply_count",
    "is_my_vote",
)


@dataclass(slots=True)
class IdeaRow:
    """An idea as a card shows it: its addresses and phrases made once."""

    pk: int
    url: str
    title: str
    excerpt: str
    status_words: str
    pill: SafeString
    board: str
    vote_url: str
    vote_count: int
    votes: str
    votes_word: str
    all_votes: str
    comments: str
    posted: str
    is_mine: bool
    takes_votes: bool


class Words:
    """What the rows of one page say, each phrase made once."""

    def __init__(self) -> None:
        self.of_status = {status.value: str(status.label) for status in Status}
        self.pills = {status: pill(status, words) for status, words in self.of_status.items()}
        self.vote, self.votes, self.voted = _("vote"), _("votes"), _("voted")
        self.comments = lru_cache(_comments)


def idea_rows(found: list[dict[str, Any]], boards: Mapping[int, Board]) -> list[IdeaRow]:
    """What the cards show; no query."""
    words = Words()
    return [_row(columns, boards[columns["board_id"]].name, words) for columns in found]


def _comments(count: int) -> str:
    words = ngettext("%(count)s comment", "%(count)s comments", count)
    return words % {"count": grouped_number(count)}


def _row(columns: dict[str, Any], board: str, words: Words) -> IdeaRow:
    pk, count, replies = columns["pk"], columns["vote_count"], columns["topic__reply_count"]
    is_mine = columns["is_my_vote"]
    short, full = short_number(count), grouped_number(count)
    votes_word = words.voted if is_mine else words.vote if count == 1 else words.votes
    return IdeaRow(
        pk=pk,
        url=f"/ideas/{pk}-{columns['topic__slug']}/",
        title=columns["topic__title"],
        excerpt=columns["topic__excerpt"],
        status_words=words.of_status[columns["status"]],
        pill=words.pills[columns["status"]],
        board=board,
        vote_url=f"/ideas/{pk}/vote/{'withdraw/' if is_mine else ''}",
        vote_count=count,
        votes=short,
        votes_word=votes_word,
        all_votes=full if full != short else "",
        comments=words.comments(replies),
        posted=day_words(local_day(columns["created_at"])),
        is_mine=is_mine,
        takes_votes=columns["status"] in TAKES_VOTES,
    )
