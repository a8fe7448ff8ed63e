"""A comment may speak for or against the idea, as its writer chose; most take no side."""

from __future__ import annotations

import re

from django.test import Client

from community.notifications.models import Mail
from community.people.drafts import keep
from ideas.actions import comment
from ideas.models import Stance
from tests import make
from tests.counting import queries


def test_a_comment_takes_the_side_its_writer_chose(as_customer: Client, idea):
    address = f"/ideas/{idea.pk}/comments/"
    as_customer.post(address, {"body": "It would slow the till.", "side": "against"})
    as_customer.post(address, {"body": "Just a question.", "side": ""})

    stance = Stance.objects.get()
    assert (stance.side, stance.idea, stance.post.no) == ("against", idea, 2)
    page = Client().get(idea.get_absolute_url()).content.decode()
    assert page.count('data-kind="against"') == 1
    assert "Against" in page


def test_a_side_that_is_none_is_said_so_and_nothing_is_lost(as_customer: Client, idea):
    fields = {"body": "It would slow the till.", "side": "sideways"}
    answer = as_customer.post(f"/ideas/{idea.pk}/comments/", fields)

    assert answer.status_code == 422
    assert "It would slow the till." in answer.content.decode()
    assert idea.topic.posts.count() == 1


def test_its_writer_changes_it_and_takes_it_back(as_customer: Client, customer, idea):
    post = comment(idea, text="Hm.", by=customer, side="for")
    address = f"/ideas/{idea.pk}/comments/{post.no}/side/"
    assert address in as_customer.get(idea.get_absolute_url()).content.decode()

    for side, there in (("against", ["against"]), ("against", ["against"]), ("", [])):
        assert as_customer.post(address, {"side": side}).status_code == 303
        assert list(Stance.objects.values_list("side", flat=True)) == there


def test_nobody_else_says_it_for_them(as_stranger: Client, as_admin: Client, customer, idea):
    post = comment(idea, text="Hm.", by=customer)
    address = f"/ideas/{idea.pk}/comments/{post.no}/side/"

    for client in (as_stranger, as_admin):
        assert client.post(address, {"side": "for"}).status_code == 403
        assert address not in client.get(idea.get_absolute_url()).content.decode()
    assert not Stance.objects.exists()


def test_the_company_takes_no_side_in_its_own_voice(as_employee: Client, idea):
    fields = {"body": "We look at it.", "voice": "staff", "side": "for"}
    as_employee.post(f"/ideas/{idea.pk}/comments/", fields)

    assert idea.topic.posts.filter(voice__isnull=False).exists()
    assert not Stance.objects.exists()


def test_a_strangers_side_waits_with_their_words(client: Client, idea):
    address, typed = f"/ideas/{idea.pk}/comments/", {"body": "Never!", "side": "against"}
    asked = client.post(address, typed).content.decode()
    assert "Almost posted: your comment against it" in asked
    assert re.search(r'name="side"\s+value="against"|value="against"\s+name="side"', asked)

    held = client.post(address, {**typed, "email": "new@example.com"})
    code = re.search(r"\b[0-9]{6}\b", Mail.objects.get().subject)
    assert code
    assert "against" in client.get(held["Location"]).content.decode()
    client.post(held["Location"], {"code": code[0]})

    assert Stance.objects.get().side == "against"


def test_a_draft_remembers_it(as_customer: Client, customer, idea):
    keep(customer, f"comment:{idea.pk}", {"body": "Half a sentence", "side": "for"})

    page = as_customer.get(idea.get_absolute_url()).content.decode()

    assert re.search(r'<input[^>]*value="for"[^>]*checked', page)


def test_the_words_beside_a_post_cost_no_query(as_customer: Client, customer, idea):
    make.post(idea.topic)
    before = len(queries(as_customer, idea.get_absolute_url()))
    for n in range(5):
        comment(idea, text=f"Reason {n}", by=customer, side="for")

    assert len(queries(as_customer, idea.get_absolute_url())) == before
