"""The asker says what solved it; others say that they have it too."""

import pytest
from django.test import Client

from community.people.held import finish
from community.people.models import HeldAct
from forum.actions import accept_solution, has_this_too, take_back_me_too
from tests import make


@pytest.fixture
def asked(customer):
    return make.question(by=customer)


@pytest.fixture
def answer(asked, advocate):
    return make.post(asked, "Use the ARC socket.", by=advocate)


def test_the_asker_accepts_and_the_solution_is_lifted(asked, answer, as_customer):
    as_customer.post(f"/forum/t/{asked.pk}/2/solve/")

    asked.refresh_from_db()
    page = Client().get(asked.get_absolute_url()).content.decode()
    assert asked.solution == answer
    assert page.count("Use the ARC socket.") == 1
    assert page.index("This solved it") < page.index("Use the ARC socket.")


def test_only_the_asker_accepts(asked, answer, as_customer, as_advocate, as_employee):
    address = f"/forum/t/{asked.pk}/2/solve/"

    for client in (as_advocate, as_employee):
        assert client.post(address).status_code == 403
    assert Client().post(address)["Location"].startswith("/accounts/login/")
    asked.refresh_from_db()
    assert asked.solution is None
    assert as_customer.post(address).status_code == 303


def test_it_can_be_taken_back(asked, answer, as_customer):
    address = f"/forum/t/{asked.pk}/2/solve/"
    as_customer.post(address)
    as_customer.post(address, {"undo": "1"})

    asked.refresh_from_db()
    assert asked.solution is None
    assert asked.solved_at is None


def test_accepting_twice_changes_nothing(asked, answer, customer):
    assert accept_solution(asked, answer, by=customer)
    assert not accept_solution(asked, answer, by=customer)


def test_a_post_of_another_topic_solves_nothing(asked, customer):
    elsewhere = make.post(make.question("Which cable do I need for it?"))

    assert not accept_solution(asked, elsewhere, by=customer)
    asked.refresh_from_db()
    assert asked.solution is None


def test_the_question_itself_is_no_solution(asked, as_customer):
    assert as_customer.post(f"/forum/t/{asked.pk}/1/solve/").status_code == 404


def test_me_too_counts_once(asked, advocate):
    assert has_this_too(asked, by=advocate)
    assert not has_this_too(asked, by=advocate)

    asked.refresh_from_db()
    assert asked.me_too_count == 1


def test_me_too_is_taken_back_once(asked, advocate):
    has_this_too(asked, by=advocate)
    assert take_back_me_too(asked, by=advocate)
    assert not take_back_me_too(asked, by=advocate)

    asked.refresh_from_db()
    assert asked.me_too_count == 0


def test_the_button_swaps_itself_and_says_its_state(asked, as_advocate):
    address = f"/forum/t/{asked.pk}/me-too/"

    fragment = as_advocate.post(address, headers={"HX-Request": "true"}).content.decode()
    assert 'aria-pressed="true"' in fragment
    assert "<html" not in fragment

    undone = as_advocate.post(address, {"undo": "1"}, headers={"HX-Request": "true"})
    assert 'aria-pressed="false"' in undone.content.decode()


def test_without_javascript_the_button_leads_back(asked, as_advocate):
    answer = as_advocate.post(f"/forum/t/{asked.pk}/me-too/")

    assert answer.status_code == 303
    assert answer["Location"] == asked.get_absolute_url()


def test_a_stranger_is_counted_when_the_code_comes_back(asked, advocate):
    address = f"/forum/t/{asked.pk}/me-too/"
    assert 'name="email"' in Client().get(address).content.decode()

    Client().post(address, {"email": "new@example.com"})
    finish(HeldAct.objects.get(kind="forum.me_too"), by=advocate)

    asked.refresh_from_db()
    assert asked.me_too_count == 1
