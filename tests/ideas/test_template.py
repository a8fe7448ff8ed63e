"""What a text begins with comes from one place: the form, cards and search agree about it."""

from __future__ import annotations

import pytest
from django.test import Client

from ideas.models import Idea
from ideas.template import begins_with, without_template
from tests import make

OWN = "## Which store?\n\n**When did it happen?**\n"
FILLED = "## Which store?\n\nAnchorage\n\n**When did it happen?** Every Monday at nine."


@pytest.fixture
def board(db: None) -> object:
    return make.board("events", name="Events", template=OWN)


def test_the_form_begins_with_the_boards_own_or_with_the_plain_questions(board, as_customer):
    page = as_customer.get("/ideas/new/?board=events").content.decode()
    assert "Which store?" in page
    assert "What happens today?" in as_customer.get("/ideas/new/").content.decode()


@pytest.mark.parametrize("body", [OWN, "**Which store?** ## When did it happen?", begins_with("")])
def test_a_template_alone_says_nothing(board, as_customer: Client, body):
    fields = {"title": "Something on Mondays", "body": body, "board": "events"}
    answer = as_customer.post("/ideas/new/", fields)

    assert answer.status_code == 422
    assert "Say what happens today" in answer.content.decode()
    assert not Idea.objects.exists()


def test_cards_show_the_writers_words_alone(board, as_customer: Client):
    fields = {"title": "Something on Mondays", "body": FILLED, "board": "events"}
    as_customer.post("/ideas/new/", fields)

    assert Idea.objects.get().topic.excerpt == "Anchorage Every Monday at nine."


def test_the_plain_questions_are_left_out_on_every_board():
    text = "**What happens today?** A queue.\n\nWhat would be better?\n\nA bench."

    for template in ("", OWN):
        assert without_template(text, template).split() == ["A", "queue.", "A", "bench."]


def test_what_a_writer_says_twice_stays_once():
    assert without_template("Which store? Which store?", OWN).strip() == "Which store?"
