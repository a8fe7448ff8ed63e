"""Replying on the page: for members, for strangers through the door, and as staff by choice."""

import pytest
from django.test import Client

from community.people.held import finish
from community.people.models import HeldAct
from forum.models import Topic
from tests import make


@pytest.fixture
def asked(customer):
    return make.question(by=customer)


@pytest.fixture
def address(asked):
    return f"/forum/t/{asked.pk}/reply/"


def test_a_reply_leads_to_its_place_on_the_page(asked, address, as_advocate):
    answer = as_advocate.post(address, {"body": "Use HDMI."})

    assert answer.status_code == 303
    assert answer["Location"] == f"{asked.get_absolute_url()}2/#post-2"


def test_an_empty_reply_is_refused_beside_the_field(address, as_advocate):
    answer = as_advocate.post(address, {"body": "   "})

    assert answer.status_code == 422
    assert "Write something first." in answer.content.decode()


def test_the_address_shows_its_form(asked, address, as_advocate):
    for client in (Client(), as_advocate):
        page = client.get(address).content.decode()

        assert asked.title in page
        assert 'name="body"' in page


def test_a_strangers_reply_is_held_and_then_posted(asked, address, advocate):
    page = Client().post(address, {"body": "Use HDMI."}).content.decode()
    assert "Use HDMI." in page

    Client().post(address, {"body": "Use HDMI.", "email": "new@example.com"})
    outcome = finish(HeldAct.objects.get(kind="forum.reply"), by=advocate)

    assert outcome.url == asked.post_url(2)
    assert asked.posts.get(no=2).author == advocate


def test_only_employees_are_offered_the_voice(asked, as_advocate, as_employee):
    assert 'value="staff"' not in as_advocate.get(asked.get_absolute_url()).content.decode()
    assert 'value="staff"' in as_employee.get(asked.get_absolute_url()).content.decode()


def test_an_employee_answers_as_themselves_unless_they_choose(asked, address, as_employee):
    as_employee.post(address, {"body": "I have one at home.", "voice": "myself"})
    as_employee.post(address, {"body": "It has no choice made."})
    as_employee.post(address, {"body": "It is the ARC socket.", "voice": "staff"})

    bylines = list(asked.posts.order_by("no").values_list("byline", flat=True))
    assert bylines == ["", "", "", "Northline — Employee"]


def test_a_customer_who_asks_for_the_voice_gets_none(asked, address, as_advocate):
    as_advocate.post(address, {"body": "I speak for the company", "voice": "staff"})

    assert not asked.posts.get(no=2).is_staff_answer


def test_a_staff_answer_is_marked_for_everyone_with_both_names(asked, address, as_employee):
    as_employee.post(address, {"body": "It is the ARC socket.", "voice": "staff"})

    page = Client().get(asked.get_absolute_url()).content.decode()
    assert "Northline answer" in page
    assert "Northline — Employee" in page
    assert "/people/employee/" in page


def test_a_closed_question_says_so_and_keeps_the_words(asked, address, as_advocate):
    Topic.objects.filter(pk=asked.pk).update(locked_at=make.NOON, locked_reason="Said")

    assert as_advocate.get(address).status_code == 403
    answer = as_advocate.post(address, {"body": "Use HDMI."})

    assert answer.status_code == 422
    assert "Use HDMI." in answer.content.decode()
    assert asked.posts.count() == 1


def test_too_many_replies_are_slowed_down(asked, address, as_advocate, settings):
    settings.LIMITS = settings.LIMITS | {"comment": (1, 300)}
    as_advocate.post(address, {"body": "One"})

    answer = as_advocate.post(address, {"body": "Two"})

    assert answer.status_code == 422
    assert "Two" in answer.content.decode()
    assert asked.posts.count() == 2


def test_answering_a_post_names_it(asked, address, as_advocate, as_customer, advocate):
    as_advocate.post(address, {"body": "Use HDMI."})

    assert "Use HDMI." in as_customer.get(f"{address}?to=2").content.decode()
    as_customer.post(address, {"body": "Which one?", "to": "2"})

    assert asked.posts.get(no=3).reply_to == asked.posts.get(no=2)


@pytest.mark.parametrize("to", ["abc", "-1", "99", "9" * 40, "²"])
def test_a_bad_number_answers_nobody(asked, address, as_advocate, to):
    as_advocate.post(address, {"body": "Use HDMI.", "to": to})

    assert asked.posts.get(no=2).reply_to is None


def test_an_idea_is_commented_on_at_its_own_address(idea, as_advocate):
    assert as_advocate.post(f"/forum/t/{idea.pk}/reply/", {"body": "Yes"}).status_code == 404


def test_a_reply_keeps_its_budget(asked, address, as_employee, django_assert_max_num_queries):
    as_employee.get(address)

    with django_assert_max_num_queries(2 + 12 + 2):  # session and user, the budget, savepoints
        as_employee.post(address, {"body": "It is the ARC socket.", "voice": "staff"})
