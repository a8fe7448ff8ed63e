"""What a newcomer writes with several links waits for a moderator: that is how spam begins."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.translation import ngettext

from community.core.gates import Verdict, gate
from community.core.markdown import render
from community.people.permissions import is_employee, is_moderator

from .gates import Act

ADDRESS = re.compile(r"//|www\.")  # whatever leads elsewhere has one of these
OUTWARD = re.compile(r'<a [^>]*href="(?:https?:)?//')


class Text(Act, Protocol):
    """A text at the gate."""

    @property
    def text(self) -> str: ...


@gate("post.publish")
def hold_links_of_newcomers(act: Text) -> Verdict | None:
    """Hold it where its writer has just joined and it leads elsewhere often; staff may."""
    most = settings.NEWCOMER_LINKS
    if not most or len(ADDRESS.findall(act.text)) < most or not _has_just_joined(act):
        return None
    count = len(OUTWARD.findall(render(act.text).html))
    if count < most or is_employee(act.by) or is_moderator(act.by):
        return None
    sentence = ngettext(
        "%(count)d link, from an account made less than %(hours)d hours before.",
        "%(count)d links, from an account made less than %(hours)d hours before.",
        count,
    )
    return Verdict.hold(sentence % {"count": count, "hours": settings.NEWCOMER_HOURS})


def _has_just_joined(act: Act) -> bool:
    """Whether the account is new."""
    age = (act.at or timezone.now()) - act.by.joined_at
    return age < timedelta(hours=settings.NEWCOMER_HOURS)
