"""The public history of a text: what each edit changed, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.core.differences import Differences

from .models import Post

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Revision:
    """One edit, with the changes marked; `title` is empty where it did not change."""

    at: datetime
    by: str
    title: SafeString | str
    text: SafeString


def revisions(post: Post, title: str) -> list[Revision]:
    """The last edits of the post, whose topic is called so now, in one query."""
    edits = post.edits.select_related("by").order_by("-at", "-pk")[:SHOWN]
    changes, found = Differences(), []
    title_after, text_after = title, post.text
    for edit in edits:
        title_before = edit.title_before or title_after
        is_renamed = title_before != title_after
        found.append(
            Revision(
                at=edit.at,
                by=edit.by.name if edit.by else _("somebody who left"),
                title=changes.marked(title_before, title_after) if is_renamed else "",
                text=changes.marked(edit.text_before, text_after),
            )
        )
        title_after, text_after = title_before, edit.text_before
    return found
