"""The official answer: what the company decided, said in the topic under its voice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from community.people.models import User
from community.people.permissions import employee_record
from community.voices.actions import brand_voice

from ..models import Post, Topic
from .publishing import PostAct, StaffMark, render_post, standing_by_gates, write_post
from .tally import with_one_more


@transaction.atomic
def answer_officially(topic: Topic, *, text: str, by: User, at: datetime) -> Post:
    """Post a decision in the topic, signed by who took it. That they may is the caller's duty.

    A locked topic takes it, and a gate can refuse it but not hold it: it has been decided. Raises
    Refused, or TextRefused where the text cannot be rendered.
    """
    standing_by_gates(
        PostAct(by=by, text=text, board=topic.board, topic=topic, as_staff=True, at=at)
    )
    mark = signature(by)
    rendered = render_post(text)
    facts = with_one_more(topic, by=by, as_staff=True, at=at, is_decision=True)
    Topic.objects.filter(pk=topic.pk).update(highest_no=F("highest_no") + 1, **facts)
    return write_post(
        topic,
        rendered,
        no=Topic.objects.values_list("highest_no", flat=True).get(pk=topic.pk),
        by=by,
        text=text,
        at=at,
        voice=mark.voice,
        byline=mark.byline,
        is_decision=True,
    )


def signature(by: User) -> StaffMark:
    """The company's voice, signed as an employee, or by name where the directory has no record."""
    voice = brand_voice()
    employee = employee_record(by)
    return StaffMark(voice, voice.byline(employee) if employee else f"{voice.name} — {by.name}")
