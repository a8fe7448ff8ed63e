"""What a member types is kept on the server until it is posted."""

import json

import pytest

from community.people.drafts import MAX_DRAFTS, NoDraft, forget, keep, kept
from community.people.models import Draft

pytestmark = pytest.mark.django_db
TYPED = {"title": "Benches", "body": "My knees thank you."}


def test_a_draft_comes_back_in_its_place_and_to_its_member_only(customer, stranger):
    keep(customer, "ideas.new", TYPED)

    assert kept(customer, "ideas.new") == TYPED
    assert kept(customer, "forum.ask") == {}
    assert kept(stranger, "ideas.new") == {}


def test_the_last_words_count_and_empty_ones_are_nothing(customer):
    keep(customer, "reply:7", {"body": "One"})
    keep(customer, "reply:7", {"body": "Two"})
    assert kept(customer, "reply:7") == {"body": "Two"}

    keep(customer, "reply:7", {"body": "  "})
    assert not Draft.objects.exists()


def test_what_was_posted_is_forgotten(customer):
    keep(customer, "comment:3", {"body": "Yes"})

    forget(customer, "comment:3")

    assert kept(customer, "comment:3") == {}


def test_of_too_many_drafts_the_oldest_go(customer):
    for number in range(1, MAX_DRAFTS + 3):
        keep(customer, f"reply:{number}", {"body": "x"})

    assert Draft.objects.count() == MAX_DRAFTS
    assert kept(customer, "reply:1") == {}
    assert kept(customer, f"reply:{MAX_DRAFTS + 2}")


@pytest.mark.parametrize(
    "key", ["", "evil", "ideas.newer", "reply:", "reply:x", "reply:0", "reply:" + "9" * 40]
)
def test_only_forms_of_the_site_keep_drafts(customer, key):
    with pytest.raises(NoDraft):
        keep(customer, key, TYPED)


@pytest.mark.parametrize("text", ["x" * 60_001, "a\x00b", "\ud800"])
def test_what_no_form_would_send_is_refused(customer, text):
    with pytest.raises((NoDraft, UnicodeEncodeError)):
        keep(customer, "ideas.new", {"body": text})


def test_the_page_saves_by_fields_or_as_json(as_customer, customer):
    assert as_customer.post("/drafts/", {"key": "ideas.new", **TYPED}).status_code == 204
    assert kept(customer, "ideas.new") == TYPED

    payload = json.dumps({**TYPED, "csrfmiddlewaretoken": "secret"})
    assert as_customer.post("/drafts/", {"key": "forum.ask", "payload": payload}).status_code == 204
    assert kept(customer, "forum.ask") == TYPED


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "{",
        "[]",
        "7",
        '{"body": 7}',
        '{"body": {"a": 1}}',
        "[" * 100_000,
        '{"body": "\\ud800"}',
        '{"b": "\\u0000"}',
    ],
)
def test_a_broken_payload_is_a_clear_no(as_customer, payload):
    answer = as_customer.post("/drafts/", {"key": "ideas.new", "payload": payload})

    assert answer.status_code == 400
    assert not Draft.objects.exists()


def test_strangers_keep_none_and_a_get_leads_to_the_list(client, as_customer):
    assert client.post("/drafts/", {"key": "ideas.new", **TYPED}).status_code == 403
    assert as_customer.get("/drafts/")["Location"] == "/me/#drafts"


def test_a_draft_can_be_thrown_away(as_customer, customer):
    keep(customer, "ideas.new", TYPED)

    as_customer.post("/drafts/", {"key": "ideas.new", "forget": "1"})

    assert not Draft.objects.exists()
