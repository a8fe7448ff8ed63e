"""A board is public, for members, or for employees; it leaks nothing to anybody else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.test import Client

from forum.actions import reply
from forum.models import Board, Topic
from tests import make

SECRET = "When do the new tills arrive in store 12?"


@pytest.fixture
def staff_board(db):
    return make.board("staff", holds=Board.Holds.QUESTIONS, audience=Board.Audience.EMPLOYEES)


@pytest.fixture
def secret(staff_board, employee):
    topic = make.question(SECRET, on=staff_board, by=employee)
    reply(topic, text="In the week of the fair", by=employee, as_staff=True)
    return topic


def test_who_reads_which_board(customer, employee, moderator, admin):
    make.board("open", holds=Board.Holds.QUESTIONS)
    make.board("members", holds=Board.Holds.QUESTIONS, audience=Board.Audience.MEMBERS)
    make.board("staff", holds=Board.Holds.QUESTIONS, audience=Board.Audience.EMPLOYEES)

    def slugs(reader):
        return {board.slug for board in Board.objects.visible_to(reader)}

    assert slugs(AnonymousUser()) == {"open"}
    assert slugs(customer) == {"open", "members"}
    for reader in (employee, moderator, admin):
        assert slugs(reader) == {"open", "members", "staff"}


def test_the_readers_of_a_board_are_those_it_is_visible_to(
    customer, employee, moderator, admin, stranger
):
    everybody = type(customer).objects.all()
    for audience in Board.Audience.values:
        board = make.board(audience, holds=Board.Holds.QUESTIONS, audience=audience)

        readers = set(board.readers_among(everybody))

        assert readers == {
            person for person in everybody if board in Board.objects.visible_to(person)
        }


ADDRESSES = [
    "/forum/",
    "/forum/t/",
    "/forum/t/unanswered/",
    "/forum/t/?filter=solved",
    "/answers/",
    "/answers/feed.atom",
    "/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_employees_board_is_in_no_list(address, secret, as_customer):
    for client in (Client(), as_customer):
        page = client.get(address).content.decode()

        assert SECRET not in page
        assert "In the week of the fair" not in page
        assert "/forum/staff/" not in page


def test_an_employees_board_cannot_be_opened_by_others(secret, as_customer, as_employee):
    addresses = [
        "/forum/staff/",
        secret.get_absolute_url(),
        f"/forum/t/{secret.pk}/",
        f"/forum/t/{secret.pk}/reply/",
        f"/forum/t/{secret.pk}/me-too/",
        f"/forum/t/{secret.pk}/2/history/",
        secret.post_url(2).partition("#")[0],
    ]
    for address in addresses:
        assert as_employee.get(address, follow=True).status_code == 200, address
        assert as_customer.get(address).status_code == 404, address
        assert Client().get(address).status_code == 404, address


def test_nobody_writes_on_a_board_they_cannot_read(secret, as_customer):
    answer = as_customer.post(f"/forum/t/{secret.pk}/reply/", {"body": "Let me in"})
    asked = as_customer.post(
        "/forum/ask/", {"title": "May I ask here?", "body": "Hello", "board": "staff"}
    )

    assert answer.status_code == 404
    assert asked.status_code == 422
    assert secret.posts.count() == 2
    assert Topic.objects.count() == 1


def test_the_boards_say_who_waits(as_customer, customer):
    board = make.board("tv", holds=Board.Holds.QUESTIONS, name="TV")
    make.question("Does it work with a 2014 TV?", on=board, by=customer)
    answered = make.question("Which cable do I need for it?", on=board, by=customer)
    make.post(answered)

    page = Client().get("/forum/").content.decode()

    assert "1 unanswered" in page
    assert "Which cable do I need for it?" in page


def test_a_site_without_boards_says_so(db):
    assert "No boards yet" in Client().get("/forum/").content.decode()


def test_the_boards_cost_the_same_whatever_their_number(db, django_assert_max_num_queries):
    for size in (2, 12):
        for number in range(size):
            board = make.board(f"board-{size}-{number}", holds=Board.Holds.QUESTIONS)
            make.question(on=board)

        with django_assert_max_num_queries(3):
            Client().get(f"/forum/?{size}")


def test_a_board_of_ideas_leads_to_its_ideas(db):
    make.board("stores")

    answer = Client().get("/forum/stores/")

    assert answer.status_code == 302
    assert answer["Location"].endswith("/ideas/?board=stores")


@pytest.mark.parametrize("slug", ["ask", "t"])
def test_the_forums_own_words_are_no_boards(db, slug):
    with pytest.raises(IntegrityError):
        make.board(slug, holds=Board.Holds.QUESTIONS)
