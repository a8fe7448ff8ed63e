"""Which column of which site's export means what. Names are plain: see `formats.plain_name`.

What each site writes, as its own documents and readers of its exports tell:

uservoice   the full suggestions export, one line for each idea *and voter*: Idea ID, Idea Title,
            Idea Description (HTML), Idea Creator Name, Forum Name, Labels, Public Status Name,
            Public Status Update Message, Voters Count, Created Timestamp (UTC). The second and
            later lines of an idea name further voters and are passed over. Comments come in a
            second file: Idea ID, Text, Creator Name, Created Timestamp.
canny       the post export, and the objects of its API: id, title, details, author (name), board
            (name), category (name), status, score (votes), tags (names), created; comments have
            postID or post (id), author (name), value, created.
fider       its own CSV: number, title, description, created_at, created_by, votes_count, status,
            response, tags divided by commas. `original_number` is of an idea joined with another.
salesforce  the objects Idea and IdeaComment out of Data Loader: Id, Title, Body (HTML or not),
            CreatedBy.Name, CreatedDate, VoteTotal (ten points a vote), Status, Categories divided
            by semicolons; comments have IdeaId, CommentBody, CreatedBy.Name, CreatedDate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..statuses import Status

Names = Mapping[str, tuple[str, ...]]

PLAIN = {
    "external_id": ("external_id", "id"),
    "title": ("title",),
    "body": ("body", "text", "description"),
    "author": ("author", "author_name"),
    "created": ("created", "created_at"),
    "votes": ("votes", "votes_count"),
    "status": ("status",),
    "response": ("response",),
    "tags": ("tags",),
    "board": ("board", "board_name"),
    "comments": ("comments",),
}
PLAIN_COMMENT = {
    "of": ("external_id", "idea_id", "post_id", "number"),
    "author": ("author", "author_name", "created_by", "user_name", "name"),
    "created": ("created", "created_at", "date"),
    "body": ("body", "text", "value", "content", "comment"),
}


@dataclass(frozen=True)
class ColumnMap:
    """One site's export: its columns by what they mean here, and how it writes some of them."""

    name: str
    label: str
    columns: Names
    comment: Names = field(default_factory=lambda: PLAIN_COMMENT)
    has_html: bool = False
    points_a_vote: int = 1
    repeats_ideas: bool = False


MAPS = {
    each.name: each
    for each in (
        ColumnMap("heard", "Heard, or a file of your own", PLAIN),
        ColumnMap(
            "uservoice",
            "UserVoice",
            {
                "external_id": ("idea_id", "suggestion_id", "id"),
                "title": ("idea_title", "title"),
                "body": ("idea_description", "description", "text"),
                "author": ("idea_creator_name", "creator_name", "creator"),
                "created": ("created_timestamp", "created_at", "created"),
                "votes": ("voters_count", "votes_count", "supporters_count", "votes"),
                "status": ("public_status_name", "status_name", "status"),
                "response": ("public_status_update_message", "response"),
                "tags": ("labels", "category", "category_name"),
                "board": ("forum_name", "forum"),
                "comments": ("comments",),
            },
            {
                "of": ("idea_id", "suggestion_id"),
                "author": ("creator_name", "comment_creator_name", "author"),
                "created": ("created_timestamp", "created_at", "created"),
                "body": ("text", "comment_text", "comment", "body"),
            },
            has_html=True,
            repeats_ideas=True,
        ),
        ColumnMap(
            "canny",
            "Canny",
            {
                "external_id": ("id", "post_id"),
                "title": ("title", "post_title"),
                "body": ("details", "post_details", "description"),
                "author": ("author_name", "author", "post_author_name"),
                "created": ("created", "created_at", "post_created"),
                "votes": ("score", "votes", "vote_count"),
                "status": ("status", "post_status"),
                "response": ("response",),
                "tags": ("tags", "category_name", "category"),
                "board": ("board_name", "board"),
                "comments": ("comments",),
            },
            {
                "of": ("post_id", "postid"),
                "author": ("author_name", "author"),
                "created": ("created", "created_at"),
                "body": ("value", "comment", "body"),
            },
        ),
        ColumnMap(
            "fider",
            "Fider",
            {
                "external_id": ("number", "id"),
                "title": ("title",),
                "body": ("description",),
                "author": ("created_by", "user_name"),
                "created": ("created_at",),
                "votes": ("votes_count",),
                "status": ("status",),
                "response": ("response", "response_text"),
                "tags": ("tags",),
                "board": ("board",),
                "comments": ("comments",),
            },
            {
                "of": ("number", "post_number", "post_id"),
                "author": ("created_by", "user_name", "author"),
                "created": ("created_at",),
                "body": ("content", "body", "text"),
            },
        ),
        ColumnMap(
            "salesforce",
            "Salesforce Ideas",
            {
                "external_id": ("id",),
                "title": ("title",),
                "body": ("body",),
                "author": ("createdby_name", "creatorname", "created_by_name", "author"),
                "created": ("createddate", "created_date"),
                "votes": ("votetotal", "vote_total"),
                "status": ("status",),
                "response": ("response",),
                "tags": ("categories", "category"),
                "board": ("board", "zone", "community_name", "community"),
                "comments": ("comments",),
            },
            {
                "of": ("ideaid", "idea_id"),
                "author": ("createdby_name", "creatorname", "created_by_name", "author"),
                "created": ("createddate", "created_date"),
                "body": ("commentbody", "comment_body"),
            },
            has_html=True,
            points_a_vote=10,
        ),
    )
}

# What others promised we have not: only a reviewer of ours plans, tries out and joins. So those
# ideas are open here, with a line of their timeline that says what the old site said.
STATUSES = {
    Status.OPEN: (
        "open new active none submitted received raised in_review under_review reviewing "
        "under_consideration considering gathering_feedback needs_more not_now planned pilot "
        "started in_progress working_on_it on_the_roadmap future_consideration backlog accepted"
    ),
    Status.DONE: "done completed complete shipped released delivered implemented launched live",
    Status.DECLINED: (
        "declined closed rejected no will_not_implement wont_do won_t_do not_planned unplanned "
        "archived"
    ),
    Status.EXISTS: "exists already_exists already_there available already_available",
    Status.WITHDRAWN: "withdrawn",
}
STATUS_OF = {word: status for status, words in STATUSES.items() for word in words.split()}
JOINED_THERE = frozenset({"duplicate", "merged", "deleted", "spam"})
UNSAID = frozenset({"", "open", "new", "active", "none"})  # of these the timeline says nothing


def value_of(fields: Mapping[str, object], names: tuple[str, ...]) -> object:
    """What stands in the first of these columns that has something; "" for none."""
    return next((fields[name] for name in names if fields.get(name) not in (None, "", [])), "")
