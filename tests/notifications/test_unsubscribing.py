"""One click stops mail, without account or cookie; opening the link changes nothing."""

from __future__ import annotations

from django.test import Client

from community.notifications.actions import wants_mail
from community.notifications.models import Category
from community.notifications.tokens import token_for, unsubscribe_path
from community.people.models import User


def address(user: User, category: str = Category.DECISIONS) -> str:
    return unsubscribe_path(token_for(user.pk, category))


def wants(user: User, category: str = Category.DECISIONS) -> bool:
    return user.pk in wants_mail([user.pk], category)


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


def test_a_forged_link_is_not_found(customer: User, advocate: User) -> None:
    mine = token_for(customer.pk, Category.DECISIONS)
    forged = mine.replace(f"{customer.pk}.", f"{advocate.pk}.", 1)

    for token in (forged, "x", "1.decisions.x", f"{mine}x"):
        assert Client().post(unsubscribe_path(token)).status_code == 404

    assert wants(advocate)


def test_a_member_who_has_left_gets_the_same_page(db: None) -> None:
    gone = unsubscribe_path(token_for(4711, Category.DECISIONS))

    assert Client().post(gone).status_code == 200
