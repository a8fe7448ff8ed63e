"""One click stops mail, without account or cookie; opening the link changes nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from community.core.owed import sweep
from community.notifications.actions import choose_mail, owe_mail, send_due, wants_mail
from community.notifications.models import Category, Mail
from community.notifications.tokens import token_for, unsubscribe_path
from community.people.models import User
from tests.make import NOON

Owe = Callable[..., Mail]


def address(user: User, category: str = Category.DECISIONS) -> str:
    return unsubscribe_path(token_for(user.pk, category))


def wants(user: User, category: str = Category.DECISIONS) -> bool:
    return user.pk in wants_mail([user.pk], category)


def state_of(mail: Mail) -> str:
    return Mail.objects.values_list("state", flat=True).get(pk=mail.pk)


def test_opening_the_link_changes_nothing_and_asks(customer: User) -> None:
    answer = Client(enforce_csrf_checks=True).get(address(customer))

    assert answer.status_code == 200
    assert b"Stop these mails?" in answer.content
    assert wants(customer)
    assert not answer.cookies


def test_one_click_stops_this_category_alone_and_may_be_repeated(customer: User) -> None:
    for _click in range(2):
        answer = Client(enforce_csrf_checks=True).post(
            address(customer), {"List-Unsubscribe": "One-Click"}
        )
        assert answer.status_code == 200

    assert not wants(customer)
    assert wants(customer, Category.REPLIES)


def test_it_can_be_undone(customer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.post(address(customer))

    client.post(address(customer), {"undo": "1"})

    assert wants(customer)


def test_mail_that_waits_already_is_stopped_and_no_other(
    owe: Owe, postbox, customer: User, advocate: User
) -> None:
    mine, again = owe(customer), owe(customer, key="news:2")
    kept = [owe(customer, key="reply:1", category=Category.REPLIES), owe(advocate)]

    Client().post(address(customer))
    send_due(NOON)

    assert [state_of(mail) for mail in (mine, again)] == ["stopped", "stopped"]
    assert [state_of(mail) for mail in kept] == ["sent", "sent"]


def test_a_no_on_the_preferences_page_does_the_same(
    owe: Owe, postbox, customer: User, as_customer: Client
) -> None:
    mail = owe(customer)

    as_customer.post("/me/preferences/", {Category.REPLIES: "on"})
    send_due(NOON)

    assert state_of(mail) == "stopped"
    assert postbox.received == []


def test_mail_owed_in_the_moment_of_the_no_is_not_sent(owe: Owe, postbox, customer: User) -> None:
    Client().post(address(customer))
    mail = owe(customer)  # by a worker that had asked before

    send_due(NOON)
    assert (state_of(mail), postbox.received) == ("waiting", [])

    assert sweep()["notifications.stop_unwanted"] == 1
    assert state_of(mail) == "stopped"


def test_codes_go_out_in_any_case(owe: Owe, postbox, customer: User) -> None:
    choose_mail(customer.pk, dict.fromkeys(Category.values, False))
    context = {"title": "a code"}
    owe_mail(customer, key="c", category="", template="tests/news", context=context, at=NOON)

    assert send_due(NOON) == 1


def test_a_forged_link_is_not_found(customer: User, advocate: User) -> None:
    mine = token_for(customer.pk, Category.DECISIONS)
    forged = mine.replace(f"{customer.pk}.", f"{advocate.pk}.", 1)

    for token in (forged, "x", "1.decisions.x", f"{mine}x"):
        assert Client().post(unsubscribe_path(token)).status_code == 404

    assert wants(advocate)


def test_a_member_who_has_left_gets_the_same_page(db: None) -> None:
    gone = unsubscribe_path(token_for(4711, Category.DECISIONS))

    assert Client().post(gone).status_code == 200
