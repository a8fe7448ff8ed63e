"""What one may not see is nowhere: page, vote, comment, follow, figures, lists and feeds."""

from __future__ import annotations

import pytest
from django.test import Client

from forum.actions import hide_post
from forum.models import Board
from ideas.models import Vote
from tests import make

GETS = ["", ".json", "/vote/", "/comments/", "/edit/", "/history/", "/withdraw/", "/follow/"]
POSTS = ["/vote/", "/vote/withdraw/", "/comments/", "/edit/", "/withdraw/", "/follow/"]


def addresses(idea, tails) -> list[str]:
    return [f"/ideas/{idea.pk}{tail or '/'}" for tail in tails] + [idea.get_absolute_url()]


def statuses(client: Client, idea) -> set[int]:
    fields = {"body": "Let me in", "title": "A title of ten", "level": "all"}
    gets = {client.get(address).status_code for address in addresses(idea, GETS)}
    posts = {client.post(address, fields).status_code for address in addresses(idea, POSTS)[:-1]}
    return gets | posts


@pytest.fixture(params=["hidden", "employees"])
def secret(request, moderator):
    """An idea that customers may not see."""
    if request.param == "employees":
        board = make.board("staff", audience=Board.Audience.EMPLOYEES)
        return make.idea("A secret about the staff room", on=board)
    idea = make.idea("A secret that a moderator hid")
    hide_post(idea.topic.posts.get(no=1), by=moderator, reason="Names a person.")
    idea.topic.refresh_from_db()
    return idea


def test_a_secret_idea_is_nowhere_for_a_customer(secret, as_customer: Client):
    assert statuses(as_customer, secret) == {404}
    assert Vote.objects.filter(idea=secret).count() == 1
    assert secret.topic.posts.count() == 1
    for page in ("/ideas/", "/ideas/?sort=new", "/ideas/?q=secret", "/ideas/feed.atom"):
        assert secret.topic.title not in as_customer.get(page).content.decode()


def test_a_secret_idea_is_nowhere_for_a_stranger(secret, client: Client):
    open_to_all = [tail for tail in GETS if tail not in ("/edit/", "/withdraw/")]
    for address in addresses(secret, open_to_all):
        assert client.get(address).status_code == 404


def test_who_may_see_it_does(secret, as_moderator: Client):
    assert as_moderator.get(secret.get_absolute_url()).status_code == 200
    assert as_moderator.get(f"/ideas/{secret.pk}.json").status_code == 200


def test_a_members_idea_is_for_members(as_customer: Client, client: Client):
    board = make.board("club", audience=Board.Audience.MEMBERS)
    idea = make.idea("Free coffee for members of the club", on=board)

    assert client.get(idea.get_absolute_url()).status_code == 404
    assert client.get("/ideas/?board=club").status_code == 404
    assert "Free coffee" not in client.get("/ideas/").content.decode()
    assert as_customer.get(idea.get_absolute_url()).status_code == 200
    assert "Free coffee" in as_customer.get("/ideas/").content.decode()
    assert "Free coffee" not in as_customer.get("/ideas/feed.atom").content.decode()


def test_its_author_still_reads_a_hidden_idea_and_why(customer, as_customer: Client, moderator):
    idea = make.idea("An idea that names a person", by=customer)
    hide_post(idea.topic.posts.get(no=1), by=moderator, reason="Names a person.")

    page = as_customer.get(idea.get_absolute_url()).content.decode()

    assert "This idea is hidden" in page
    assert "Names a person." in page
    assert idea.topic.title in as_customer.get("/ideas/?mine=1").content.decode()
    assert idea.topic.title not in as_customer.get("/ideas/").content.decode()


def test_only_its_author_edits_and_withdraws(idea, as_advocate: Client):
    for tail in ("edit/", "withdraw/"):
        assert as_advocate.get(f"/ideas/{idea.pk}/{tail}").status_code == 403
        assert as_advocate.post(f"/ideas/{idea.pk}/{tail}").status_code == 403


def test_ones_own_lists_ask_who_one_is(client: Client, db):
    for name in ("mine", "voted"):
        answer = client.get(f"/ideas/?{name}=1")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")
