"""A long topic is read in windows of 20 numbers; the last costs what the first does."""

import pytest
from django.test import Client

from forum.models import Post, Topic
from forum.pages import WINDOW, posts_page
from tests import make


def long_topic(posts: int) -> Topic:
    """A question with this many posts, each by another member."""
    topic = make.question()
    writers = make.members(posts - 1)
    Post.objects.bulk_create(
        Post(topic=topic, no=no, author=writer, text=f"Reply {no}", html=f"<p>Reply {no}</p>")
        for no, writer in enumerate(writers, start=2)
    )
    Topic.objects.filter(pk=topic.pk).update(highest_no=posts, reply_count=posts - 1)
    return Topic.objects.select_related("board").get(pk=topic.pk)


def test_a_window_has_twenty_numbers(customer):
    topic = long_topic(45)

    page = posts_page(topic, customer, at_no=45)

    assert [row.no for row in page.rows] == [41, 42, 43, 44, 45]
    assert page.earlier_url == topic.post_url(21)
    assert page.later_url == ""


def test_the_first_window_begins_with_the_question(customer):
    page = posts_page(long_topic(45), customer)

    assert page.opening is not None
    assert len(page.replies) == WINDOW - 1
    assert page.later_url


def test_the_address_of_a_post_shows_its_window(db):
    topic = long_topic(45)

    page = Client().get(topic.post_url(37).partition("#")[0]).content.decode()

    assert 'id="post-37"' in page
    assert 'id="post-20"' not in page


@pytest.mark.parametrize("no", [0, 46, 10**40])
def test_a_number_never_given_is_not_found(db, no):
    topic = long_topic(45)

    assert Client().get(f"{topic.get_absolute_url()}{no}/").status_code == 404


def test_every_post_is_in_one_window(customer):
    topic = long_topic(45)

    windows = [posts_page(topic, customer, after_no=after) for after in (0, 20, 40)]

    assert [row.no for page in windows for row in page.rows] == list(range(1, 46))


@pytest.mark.parametrize("posts", [3, 500])
def test_a_page_costs_the_same_at_any_length_and_depth(
    db, as_customer, posts, django_assert_max_num_queries
):
    topic = long_topic(posts)

    for no in (1, posts):
        address = f"{topic.get_absolute_url()}{no}/"
        with django_assert_max_num_queries(8):
            Client().get(address)
        with django_assert_max_num_queries(12):
            as_customer.get(address)


def test_the_address_needs_only_the_number(db):
    topic = long_topic(3)

    for address in (f"/forum/t/{topic.pk}/", f"/forum/t/{topic.pk}-another-title/"):
        assert Client().get(address)["Location"] == topic.get_absolute_url()


def test_an_idea_is_read_at_its_own_address(idea):
    answer = Client().get(f"/forum/t/{idea.pk}/")

    assert answer["Location"] == idea.get_absolute_url()
