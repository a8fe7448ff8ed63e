"""An address and the code mailed to it are all it takes to sign in, or to become a member."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils import timezone

from community.notifications.models import Mail
from community.people.models import HeldAct, User
from tests import make

pytestmark = pytest.mark.django_db


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_member_signs_in_with_two_fields(client, customer, begin_sign_in, code_sent_to):
    act = begin_sign_in(client, customer.email)
    answer = client.post(act.get_absolute_url(), {"code": code_sent_to(customer.email)})

    assert answer.status_code == 303
    assert answer["Location"] == "/"
    assert client.session[SESSION_KEY] == str(customer.pk)


def test_a_new_address_makes_a_member_whose_name_says_nothing_of_it(
    client, begin_sign_in, code_sent_to
):
    act = begin_sign_in(client, "Rosalind.Franklin@Example.com")
    client.post(act.get_absolute_url(), {"code": code_sent_to("rosalind.franklin@example.com")})

    member = User.objects.get(email="rosalind.franklin@example.com")
    assert client.session[SESSION_KEY] == str(member.pk)
    assert not {"rosalind", "franklin"} & set(member.username.split("-"))
    assert member.display_name == ""
    assert not member.has_usable_password()
    assert EmailAddress.objects.get(user=member).verified


def test_nobody_becomes_a_member_before_the_code_came_back(client, begin_sign_in):
    begin_sign_in(client, "newcomer@example.com")

    assert not User.objects.filter(email="newcomer@example.com").exists()


def test_the_code_stands_in_the_subject_and_in_the_link(client, begin_sign_in, code_sent_to):
    act = begin_sign_in(client, "newcomer@example.com")
    code = code_sent_to("newcomer@example.com")

    letter = Mail.objects.get(to="newcomer@example.com")
    assert f"{settings.SITE_URL}/held/{act.token}/?code={code}" in letter.text
    assert code not in act.code_digest


def test_digits_may_be_pasted_with_spaces(client, customer, begin_sign_in, code_sent_to):
    act = begin_sign_in(client, customer.email)
    code = code_sent_to(customer.email)

    answer = client.post(act.get_absolute_url(), {"code": f" {code[:3]} {code[3:]} "})

    assert answer.status_code == 303


def test_a_wrong_code_keeps_everything_and_says_how_many_tries_are_left(
    client, customer, begin_sign_in, code_sent_to
):
    act = begin_sign_in(client, customer.email)
    code = code_sent_to(customer.email)

    answer = client.post(act.get_absolute_url(), {"code": wrong(code)})
    assert answer.status_code == 422
    assert "You have 4 more tries." in answer.content.decode()
    assert SESSION_KEY not in client.session

    assert client.post(act.get_absolute_url(), {"code": code}).status_code == 303


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "\x00"])
def test_what_is_no_code_costs_no_try(client, customer, begin_sign_in, typed):
    act = begin_sign_in(client, customer.email)

    answer = client.post(act.get_absolute_url(), {"code": typed})

    act.refresh_from_db()
    assert answer.status_code in (400, 422)
    assert act.tries == 0


def test_after_too_many_tries_even_the_right_code_is_dead(
    client, customer, begin_sign_in, code_sent_to
):
    act = begin_sign_in(client, customer.email)
    code = code_sent_to(customer.email)
    for _ in range(settings.HELD_ACT_TRIES):
        client.post(act.get_absolute_url(), {"code": wrong(code)})

    answer = client.post(act.get_absolute_url(), {"code": code})
    assert answer.status_code == 422
    assert SESSION_KEY not in client.session

    client.post(act.get_absolute_url(), {"again": "1"})
    answer = client.post(act.get_absolute_url(), {"code": code_sent_to(customer.email)})
    assert answer.status_code == 303


def test_a_new_code_makes_the_old_one_worthless(client, customer, begin_sign_in, code_sent_to):
    act = begin_sign_in(client, customer.email)
    old = code_sent_to(customer.email)
    client.post(act.get_absolute_url(), {"again": "1"})
    new = code_sent_to(customer.email)

    assert client.post(act.get_absolute_url(), {"code": old}).status_code == 422
    assert client.post(act.get_absolute_url(), {"code": new}).status_code == 303


def test_a_mistyped_address_is_corrected_in_place(client, customer, begin_sign_in, code_sent_to):
    act = begin_sign_in(client, "customre@example.com")
    mistyped = code_sent_to("customre@example.com")

    client.post(act.get_absolute_url(), {"again": "1", "email": customer.email})

    assert client.post(act.get_absolute_url(), {"code": mistyped}).status_code == 422
    code = code_sent_to(customer.email)
    assert client.post(act.get_absolute_url(), {"code": code}).status_code == 303
    assert client.session[SESSION_KEY] == str(customer.pk)


def test_after_its_time_a_code_is_dead_and_the_page_says_how_to_go_on(
    client, customer, begin_sign_in, code_sent_to
):
    act = begin_sign_in(client, customer.email)
    code = code_sent_to(customer.email)
    HeldAct.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    answer = client.post(act.get_absolute_url(), {"code": code})
    assert answer.status_code == 422
    assert "has run out" in answer.content.decode()
    assert "Send a new code" in client.get(act.get_absolute_url()).content.decode()

    client.post(act.get_absolute_url(), {"again": "1"})
    answer = client.post(act.get_absolute_url(), {"code": code_sent_to(customer.email)})
    assert answer.status_code == 303


def test_a_code_opens_its_act_once(client, customer, begin_sign_in, code_sent_to):
    act = begin_sign_in(client, customer.email)
    code = code_sent_to(customer.email)
    client.post(act.get_absolute_url(), {"code": code})

    thief = Client()
    answer = thief.post(act.get_absolute_url(), {"code": code})

    assert answer.status_code == 200
    assert "You are signed in." in answer.content.decode()
    assert SESSION_KEY not in thief.session


def test_a_code_opens_no_other_act(client, customer, begin_sign_in, code_sent_to):
    first = begin_sign_in(client, customer.email)
    code = code_sent_to(customer.email)
    second = begin_sign_in(client, customer.email)

    assert client.post(second.get_absolute_url(), {"code": code}).status_code == 422
    assert client.post(first.get_absolute_url(), {"code": code}).status_code == 303


def test_sent_twice_it_shows_the_outcome(client, customer, begin_sign_in, code_sent_to):
    act = begin_sign_in(client, customer.email)
    code = code_sent_to(customer.email)

    answers = [client.post(act.get_absolute_url(), {"code": code}) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == ["/", "/"]


def test_a_link_opened_elsewhere_shows_one_button_and_counts_there(
    client, customer, begin_sign_in, code_sent_to
):
    act = begin_sign_in(client, customer.email)
    code = code_sent_to(customer.email)
    phone = Client()

    page = phone.get(f"{act.get_absolute_url()}?code={code}").content.decode()
    assert f'name="code" value="{code}"' in page
    assert 'autocomplete="one-time-code"' not in page
    assert SESSION_KEY not in phone.session

    phone.post(act.get_absolute_url(), {"code": code})
    assert phone.session[SESSION_KEY] == str(customer.pk)
    assert SESSION_KEY not in client.session
    assert "Done" in client.get(act.get_absolute_url()).content.decode()


def test_opening_the_link_changes_nothing(client, customer, begin_sign_in, code_sent_to):
    act = begin_sign_in(client, customer.email)
    before = HeldAct.objects.values().get(pk=act.pk)

    client.get(f"{act.get_absolute_url()}?code={code_sent_to(customer.email)}")

    assert HeldAct.objects.values().get(pk=act.pk) == before


def test_signed_in_with_that_address_one_button_is_enough(
    client, as_customer, as_advocate, customer, begin_sign_in
):
    act = begin_sign_in(client, customer.email)

    page = as_customer.get(act.get_absolute_url()).content.decode()
    assert 'name="code"' not in page
    assert as_advocate.post(act.get_absolute_url()).status_code == 422
    assert as_customer.post(act.get_absolute_url()).status_code == 303


def test_the_session_gets_a_new_key(client, customer, begin_sign_in, code_sent_to):
    client.get("/accounts/login/")
    session = client.session
    session["mine"] = "planted"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted = session.session_key

    act = begin_sign_in(client, customer.email)
    client.post(act.get_absolute_url(), {"code": code_sent_to(customer.email)})

    assert client.session.session_key != planted
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert stranger.get("/me/").status_code == 302


def test_one_who_was_signed_in_as_somebody_else_changes_over(
    as_advocate, customer, begin_sign_in, code_sent_to
):
    act = begin_sign_in(Client(), customer.email)

    as_advocate.post(act.get_absolute_url(), {"code": code_sent_to(customer.email)})

    assert as_advocate.session[SESSION_KEY] == str(customer.pk)


def test_a_closed_account_stays_closed(client, begin_sign_in, code_sent_to):
    make.member("gone", is_active=False)
    act = begin_sign_in(client, "gone@example.com")

    answer = client.post(act.get_absolute_url(), {"code": code_sent_to("gone@example.com")})

    assert answer["Location"] == "/accounts/inactive/"
    assert SESSION_KEY not in client.session


def test_an_unknown_link_says_so(client):
    answer = client.get("/held/no-such-token/")

    assert answer.status_code == 404
    assert "run out" in answer.content.decode()
