"""The official answer is no comment: cards, page, JSON, review and counters say the same number."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.core.counters import recounts
from forum.actions import answer_officially, hide_post
from forum.models import Topic
from ideas.actions.raising import raise_due
from ideas.dossiers import dossiers_of
from ideas.models import Escalation, Idea
from tests import make


@pytest.fixture
def answered(moderator, reviewer) -> Idea:
    """An idea with two comments, one that was hidden, and two official answers."""
    idea = make.idea()
    for words in ("Yes please", "Me too"):
        make.post(idea.topic, words)
    hide_post(make.post(idea.topic, "Ask a dog"), by=moderator, reason="Insults.")
    for words in ("We look at it.", "We will do it."):
        answer_officially(idea.topic, text=words, by=reviewer, at=timezone.now())
    idea.topic.refresh_from_db()
    return idea


def test_every_place_says_two(answered, client: Client):
    assert "2 comments" in client.get("/ideas/").content.decode()
    assert "2 comments" in client.get("/").content.decode()
    assert client.get(answered.get_absolute_url()).context["comments"].count == 2
    figures = json.loads(client.get(f"/ideas/{answered.pk}.json").content)
    assert figures["comments"] == 2


def test_a_reviewer_reads_the_same_number(answered):
    make.rule(votes=1)
    raise_due(timezone.now())
    cases = Escalation.objects.with_case()

    assert [case.comments for case in dossiers_of(cases, at=timezone.now()).values()] == [2]


def test_hiding_an_official_answer_changes_no_count(answered, moderator):
    hide_post(answered.topic.posts.get(no=5), by=moderator, reason="A slip of the pen.")

    answered.topic.refresh_from_db()
    assert answered.topic.reply_count == 2


def test_the_answer_is_news_all_the_same(answered, reviewer):
    at = timezone.now() + timedelta(hours=1)
    answer_officially(answered.topic, text="It is done.", by=reviewer, at=at)

    answered.topic.refresh_from_db()
    assert (answered.topic.last_post_at, answered.topic.highest_no) == (at, 7)


def test_a_count_with_the_answers_in_it_is_found_and_mended(answered):
    assert list(recounts()["topic.posts"](False)) == []
    Topic.objects.filter(pk=answered.pk).update(reply_count=4)

    assert [drift.true for drift in recounts()["topic.posts"](True)] == [2]
    assert list(recounts()["topic.posts"](False)) == []
