"""The load model: as big as it says, exact in every stored figure, and the same each time."""

from __future__ import annotations

from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Max

from community.core.markdown import render
from community.pages.scale.prose import Prose, card_of, html_of, text_of, with_questions
from community.pages.scale.shapes import long_tail
from community.pages.scale.sizes import SIZES
from community.people.models import EmployeeRecord, User
from forum.models import Post, Topic
from ideas.excerpts import card_words
from ideas.models import Escalation, Idea, Vote
from tests import make

SMALL = SIZES["small"]


@pytest.fixture(autouse=True)
def within_a_transaction(monkeypatch):
    """VACUUM cannot run in a test's transaction; what it does shows in no row."""
    monkeypatch.setattr("community.pages.scale.loading.analyze", lambda: None)


def load(*options: str) -> str:
    out = StringIO()
    call_command("load_scale", "--scale", "small", *options, stdout=out)
    return out.getvalue()


def fingerprint() -> list[tuple[object, ...]]:
    votes = Vote.objects.order_by("pk").values_list("idea_id", "person", "weight", "at")
    words = Post.objects.order_by("pk").values_list("topic_id", "no", "text", "created_at")
    return [*votes[:2000], *words[:2000]]


def test_scale_small_has_its_size_and_no_drift(db):
    load()

    assert Vote.objects.count() == SMALL.votes
    assert Idea.objects.count() == SMALL.ideas
    assert Idea.objects.aggregate(most=Max("vote_count"))["most"] == SMALL.most_votes
    assert Topic.objects.questions().count() == SMALL.questions
    assert Topic.objects.aggregate(most=Max("reply_count"))["most"] == SMALL.most_comments
    assert EmployeeRecord.objects.count() == SMALL.employees
    assert User.objects.count() == SMALL.members + SMALL.employees
    assert Post.objects.filter(topic__kind="question").count() == SMALL.posts
    assert Escalation.objects.open().count() > 0
    call_command("reconcile", stdout=StringIO())
    call_command("sweep", stdout=StringIO())
    call_command("reconcile", stdout=StringIO())


def test_nobody_votes_before_they_joined_or_after_the_decision(db):
    load()

    votes = Vote.objects.select_related("voter")
    assert all(vote.at >= vote.voter.joined_at for vote in votes.iterator())
    late = Vote.objects.filter(idea__decisions__published_at__lt=F("at"))
    assert not late.exists()
    twice = Vote.objects.values("idea", "person").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice.exists()


def test_it_is_written_once(db):
    load()

    assert "already there" in load()
    assert Idea.objects.count() == SMALL.ideas


def test_it_leaves_a_database_with_people_alone(db):
    make.member("somebody")

    with pytest.raises(CommandError, match="empty database"):
        load()

    load("--force")
    assert User.objects.count() == 1 + SMALL.members + SMALL.employees


def test_a_tail_is_long_and_has_its_sum():
    sizes = long_tail(15_000, total=1_000_000, most=30_000, least=1)

    assert (sizes[0], sum(sizes), len(sizes)) == (30_000, 1_000_000, 15_000)
    assert sizes == sorted(sizes, reverse=True) or min(sizes) >= 1
    assert sum(votes < 30 for votes in sizes) > 10_000


def test_texts_are_what_rendering_would_have_made(db):
    prose = Prose(Random(1), ["Anchorage", "South Portland"])

    for kind in ("idea", "comment", "question", "answer"):
        for sentences in (1, 3, 5, 7):
            words = prose.paragraphs(kind, sentences=sentences)
            assert html_of(words) == render(text_of(words)).html
            assert card_of(words) == card_words(text_of(words))
    words = prose.paragraphs("idea", sentences=6)
    text, html = with_questions(words)
    assert html == render(text).html
    assert card_of(words) == card_words(text)
