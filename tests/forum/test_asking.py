"""Asking needs a title, a text and a board; what was typed is kept, whoever asks."""

import pytest
from django.test import Client

from community.people.held import finish
from community.people.models import Draft, HeldAct
from forum.models import Board, Topic
from tests import make

TYPED = {
    "title": "Does the X200 soundbar work with a 2014 TV?",
    "body": "It has one HDMI socket.",
    "board": "tv",
    "tags": "soundbar, HDMI",
}


@pytest.fixture(autouse=True)
def tv_board(db):
    return make.board("tv", holds=Board.Holds.QUESTIONS, name="TV")


def test_a_member_asks(as_customer, customer):
    answer = as_customer.post("/forum/ask/", TYPED)

    topic = Topic.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == topic.get_absolute_url()
    assert topic.author == customer
    assert topic.waiting_since is not None
    assert sorted(topic.tags.names()) == ["HDMI", "soundbar"]


def test_a_double_click_asks_once(as_customer):
    first = as_customer.post("/forum/ask/", TYPED)
    second = as_customer.post("/forum/ask/", TYPED)

    assert first["Location"] == second["Location"]
    assert Topic.objects.count() == 1


FAULTS = [
    ({"title": ""}, "id_title"),
    ({"title": "Too short"}, "id_title"),
    ({"title": "x" * 121}, "id_title"),
    ({"title": "null \x00 in the title"}, "id_title"),
    ({"body": ""}, "id_body"),
    ({"body": "x" * 20_001}, "id_body"),
    ({"board": ""}, "id_board"),
    ({"board": "nowhere"}, "id_board"),
    ({"tags": "a,b,c,d,e,f"}, "id_tags"),
    ({"tags": "x" * 31}, "id_tags"),
]


@pytest.mark.parametrize(("fault", "field"), FAULTS)
def test_a_fault_is_named_beside_its_field_and_the_rest_kept(as_customer, fault, field):
    answer = as_customer.post("/forum/ask/", TYPED | fault)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{field}-error"' in page
    for name in {"title", "body"} - set(fault):
        assert TYPED[name] in page
    assert not Topic.objects.exists()


def test_a_draft_comes_back_and_is_gone_once_asked(as_customer, customer):
    Draft.objects.create(user=customer, key="forum.ask", payload={"title": "Does the X2"})
    assert "Does the X2" in as_customer.get("/forum/ask/").content.decode()

    as_customer.post("/forum/ask/", TYPED)

    assert not Draft.objects.filter(user=customer).exists()


def test_a_stranger_is_asked_where_to_mail_and_loses_nothing():
    page = Client().post("/forum/ask/", TYPED).content.decode()

    assert 'name="email"' in page
    assert TYPED["body"] in page
    assert not Topic.objects.exists()


def test_a_strangers_question_is_asked_when_the_code_comes_back(customer):
    Client().post("/forum/ask/", TYPED | {"email": "new@example.com"})
    act = HeldAct.objects.get(kind="forum.question")

    outcome = finish(act, by=customer)
    finish(act, by=customer)

    topic = Topic.objects.get()
    assert outcome.url == topic.get_absolute_url()
    assert topic.title == TYPED["title"]
    assert topic.author == customer


def test_extra_fields_change_nothing(as_customer, customer, stranger):
    as_customer.post(
        "/forum/ask/",
        TYPED | {"author": stranger.pk, "solution": 1, "kind": "idea", "highest_no": 40},
    )

    topic = Topic.objects.get()
    assert topic.author == customer
    assert (topic.kind, topic.highest_no, topic.solution) == ("question", 1, None)


def test_the_board_one_comes_from_is_chosen_already(as_customer):
    assert (
        '<option value="tv" selected>' in as_customer.get("/forum/ask/?board=tv").content.decode()
    )
