"""Posting an idea: two fields and a choice; nothing typed is ever lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.notifications.models import Mail
from community.people.actions import suspend
from community.people.drafts import keep, kept
from forum.models import Board
from ideas.actions import cast_vote
from ideas.models import Idea
from ideas.statuses import Status
from tests import make

TYPED = {
    "title": "Free wi-fi in the stores",
    "body": "What happens today?\n\nOne bar in aisle 4.\n\nWhat would be better?\n\nFree wi-fi.",
    "board": "stores",
    "tags": "wi-fi, Phone, WI-FI",
}


@pytest.fixture(autouse=True)
def stores(db) -> Board:
    return make.board("stores", name="In our stores")


def test_an_idea_is_posted_with_its_authors_vote(as_customer: Client, customer, settings):
    answer = as_customer.post("/ideas/new/", TYPED)

    idea = Idea.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, idea.get_absolute_url())
    assert (idea.vote_count, idea.topic.author, idea.status) == (1, customer, Status.OPEN)
    assert idea.terms_version == settings.TERMS_VERSION
    assert sorted(name.lower() for name in idea.topic.tags.names()) == ["phone", "wi-fi"]
    assert idea.topic.excerpt == "One bar in aisle 4. Free wi-fi."


def test_posting_twice_posts_once(as_customer: Client):
    first, second = (as_customer.post("/ideas/new/", TYPED)["Location"] for _time in range(2))

    assert first == second
    assert Idea.objects.get().vote_count == 1


@pytest.mark.parametrize(
    ("field", "words", "sentence"),
    [
        ("title", "Wi-fi", "Enter a title of at least 10 characters."),
        ("title", "x" * 121, "Enter a title of at most 120 characters."),
        ("title", "", "Say your idea in one line."),
        ("body", "", "Say what happens today, and what would be better."),
        ("body", "What happens today?\n\n\n\nWhat would be better?", "Say what happens today"),
        ("board", "nowhere", "Choose one of those shown"),
        ("board", "", "Choose what it is about."),
        ("tags", "a,b,c,d,e,f", "Five tags at most"),
        ("store", "Atlantis", "We know no store of that name"),
        ("body", "a\x00b", "cannot be shown"),
    ],
)
def test_a_fault_is_said_beside_its_field_and_nothing_is_lost(
    as_customer: Client, field, words, sentence
):
    answer = as_customer.post("/ideas/new/", {**TYPED, field: words})

    page = answer.content.decode()
    assert answer.status_code in (400, 422)
    assert not Idea.objects.exists()
    if answer.status_code == 422:
        assert "There is a problem" in page
        assert sentence in page
        assert ("One bar in aisle 4." in page) is (field != "body")


def test_a_board_may_begin_with_a_text_of_its_own(client: Client, as_customer: Client, stores):
    stores.template = "Which shelf is it about?"
    stores.save()

    assert "Which shelf is it about?" in client.get("/ideas/new/?board=stores").content.decode()
    assert "What happens today?" in client.get("/ideas/new/").content.decode()
    answer = as_customer.post("/ideas/new/", {**TYPED, "body": stores.template})
    assert answer.status_code == 422


def test_a_store_is_found_by_what_one_calls_it(as_customer: Client):
    here = make.store("Tempe Marketplace", city="Tempe", state="AZ", postcode="85281")
    make.store("Anchorage")

    as_customer.post("/ideas/new/", {**TYPED, "store": "tempe, AZ"})

    assert Idea.objects.get().topic.store == here


def test_of_several_stores_it_asks_which(as_customer: Client):
    one, other = make.store("Portland North"), make.store("Portland South")

    page = as_customer.post("/ideas/new/", {**TYPED, "store": "portland"}).content.decode()

    assert "Which one" in page
    assert f"({one.code})" in page
    as_customer.post("/ideas/new/", {**TYPED, "store": other.code})
    assert Idea.objects.get().topic.store == other


def test_a_draft_comes_back_until_it_is_posted(as_customer: Client, customer):
    keep(customer, "ideas.new", {"title": "Half a thought on wi-fi", "board": "stores"})

    assert "Half a thought on wi-fi" in as_customer.get("/ideas/new/").content.decode()
    as_customer.post("/ideas/new/", TYPED)
    assert kept(customer, "ideas.new") == {}


def test_the_author_and_the_status_cannot_be_posted(as_customer: Client, customer, advocate):
    extra = {"author": advocate.pk, "status": "done", "votes": 999, "is_staff": 1}
    as_customer.post("/ideas/new/", {**TYPED, **extra})

    idea = Idea.objects.get()
    assert (idea.topic.author, idea.status, idea.vote_count) == (customer, "open", 1)


def test_a_stranger_posts_after_one_code(client: Client):
    held = client.post("/ideas/new/", TYPED)
    page = held.content.decode()
    assert "Almost posted: Free wi-fi in the stores" in page
    assert "One bar in aisle 4." in page
    assert not Idea.objects.exists()

    held = client.post("/ideas/new/", {**TYPED, "email": "new@example.com"})
    code = re.search(r"\b[0-9]{6}\b", Mail.objects.get().subject)
    assert code
    answer = client.post(held["Location"], {"code": code[0]}, follow=True)

    idea = Idea.objects.get()
    assert idea.topic.author.email == "new@example.com"
    assert sorted(name.lower() for name in idea.topic.tags.names()) == ["phone", "wi-fi"]
    assert "Your idea is posted" in answer.content.decode()


def test_a_suspended_member_keeps_the_words_and_reads_why(as_customer: Client, customer, moderator):
    until = timezone.now() + timedelta(days=2)
    suspend(customer, until=until, by=moderator, reason="Rude.")

    page = as_customer.post("/ideas/new/", TYPED).content.decode()

    assert "suspended your account" in page
    assert "One bar in aisle 4." in page
    assert not Idea.objects.exists()


def test_an_edit_keeps_what_was_said_before(as_customer: Client, client: Client, customer):
    idea = make.idea("Free wi-fi in the stores", by=customer, votes=2)
    changed = {"title": "Free and fast wi-fi in the stores", "body": "Two bars would do."}

    answer = as_customer.post(f"/ideas/{idea.pk}/edit/", changed)

    idea.topic.refresh_from_db()
    assert answer["Location"] == idea.get_absolute_url()
    assert idea.topic.slug == "free-and-fast-wi-fi-in-the-stores"
    assert idea.topic.excerpt == "Two bars would do."
    page = client.get(idea.get_absolute_url()).content.decode()
    assert f"/ideas/{idea.pk}/history/" in page
    history = client.get(f"/ideas/{idea.pk}/history/").content.decode()
    assert "Free <ins>and fast </ins>wi-fi in the stores" in history
    assert "<del>One bar in aisle 4." in history


def test_a_decided_idea_keeps_its_words(as_customer: Client, customer):
    idea = make.idea(by=customer)
    Idea.objects.filter(pk=idea.pk).update(status=Status.PLANNED)

    answer = as_customer.post(f"/ideas/{idea.pk}/edit/", {"title": "x" * 20, "body": "No."})

    assert answer.status_code == 403


def test_taking_an_idea_back(as_customer: Client, customer, advocate):
    alone, wanted = make.idea("Nobody else wants this", by=customer), make.idea(by=customer)
    cast_vote(wanted, by=advocate)

    page = as_customer.get(f"/ideas/{alone.pk}/withdraw/").content.decode()
    assert "Take this idea back?" in page
    as_customer.post(f"/ideas/{alone.pk}/withdraw/")
    answer = as_customer.post(f"/ideas/{wanted.pk}/withdraw/", follow=True)

    assert "Others have voted for it" in answer.content.decode()
    assert as_customer.get(f"/ideas/{wanted.pk}/withdraw/").status_code == 403
    found = dict(Idea.objects.values_list("pk", "status"))
    assert found == {alone.pk: Status.WITHDRAWN, wanted.pk: Status.OPEN}
