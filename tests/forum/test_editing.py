"""A writer may change their words; everybody can read what stood before."""

import pytest
from django.test import Client

from forum.actions import edit_post
from forum.models import Topic
from tests import make


@pytest.fixture
def asked(customer):
    return make.question(by=customer, text="It has one socket.")


def test_the_old_words_stay_readable(asked, as_customer):
    as_customer.post(
        f"/forum/t/{asked.pk}/1/edit/", {"title": asked.title, "body": "It has two sockets."}
    )

    page = Client().get(asked.get_absolute_url()).content.decode()
    history = Client().get(f"/forum/t/{asked.pk}/1/history/").content.decode()
    assert "It has two sockets." in page
    assert f"/forum/t/{asked.pk}/1/history/" in page
    assert "It has <del>one socket.</del><ins>two sockets.</ins>" in history


def test_a_new_title_gives_a_new_address_and_the_old_one_leads_there(asked, as_customer):
    old = asked.get_absolute_url()
    as_customer.post(
        f"/forum/t/{asked.pk}/1/edit/",
        {"title": "Does the X300 soundbar work?", "body": "It has one socket."},
    )

    asked.refresh_from_db()
    assert asked.title == "Does the X300 soundbar work?"
    assert Client().get(old)["Location"] == asked.get_absolute_url()


def test_only_the_writer_edits(asked, as_customer, as_advocate, as_moderator):
    address = f"/forum/t/{asked.pk}/1/edit/"

    assert as_customer.get(address).status_code == 200
    for client in (as_advocate, as_moderator):
        assert client.get(address).status_code == 403
        assert client.post(address, {"title": "Mine", "body": "Mine"}).status_code == 403


def test_the_same_words_are_no_edit(asked, customer):
    post = asked.posts.get(no=1)

    assert not edit_post(post, text="It has one socket.", by=customer)
    assert not post.edits.exists()


def test_a_closed_topic_is_not_edited(asked, as_customer):
    Topic.objects.filter(pk=asked.pk).update(locked_at=make.NOON, locked_reason="Said")

    assert as_customer.get(f"/forum/t/{asked.pk}/1/edit/").status_code == 403


def test_the_history_of_a_text_that_was_never_edited_says_so(asked):
    page = Client().get(f"/forum/t/{asked.pk}/1/history/").content.decode()

    assert "It has not been edited." in page


def test_the_history_marks_what_each_edit_changed(asked, customer):
    post = asked.posts.get(no=1)
    edit_post(
        post,
        text="It has two sockets & <b>none</b> works.",
        title="Two sockets, no sound",
        by=customer,
    )
    edit_post(post, text="It has two sockets & all work.", by=customer)

    page = Client().get(f"/forum/t/{asked.pk}/1/history/").content.decode()

    assert "&amp; <del>&lt;b&gt;none&lt;/b&gt; works.</del><ins>all work.</ins>" in page
    assert page.index("<ins>all work.</ins>") < page.index("<ins>Two sockets, no sound</ins>")
    assert page.count("changed it on") == 2


def test_the_history_costs_the_same_with_many_edits(asked, customer, django_assert_max_num_queries):
    post = asked.posts.get(no=1)
    for number in range(12):
        edit_post(post, text=f"It has {number} sockets.", by=customer)

    with django_assert_max_num_queries(4):
        Client().get(f"/forum/t/{asked.pk}/1/history/")
