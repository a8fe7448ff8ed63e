"""Numbers and moments read as a person would write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

from community.core.wording import ago_words, short_number


def render(source: str, **context: object) -> str:
    return Template("{% load heard %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (1284, "1,284"),
        (99_999, "99,999"),
        (100_412, "100k"),
        (999_999, "999k"),
        (1_250_000, "1.2M"),
    ],
)
def test_a_count_never_outgrows_its_button(number, words):
    assert short_number(number) == words


def test_the_full_number_can_be_had():
    assert render("{{ n|grouped }}", n=100_412) == "100,412"


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5, minutes=59), "5 hours ago"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=70), "2 months ago"),
        (timedelta(days=800), "2 years ago"),
        (timedelta(days=-3), "in 3 days"),
    ],
)
def test_what_happened_is_told_in_one_unit(ago, words):
    assert ago_words(ago.total_seconds()) == words


def test_a_moment_keeps_its_exact_time_for_who_points_at_it():
    at = timezone.now() - timedelta(days=3)

    html = render("{{ at|ago }}", at=at)

    assert "3 days ago</time>" in html
    assert f'datetime="{at.isoformat(timespec="seconds")}"' in html


def test_a_day_reads_the_same_from_a_date_and_a_moment():
    moment = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)

    assert render("{{ at|day }}", at=moment) == render("{{ at|day }}", at=date(2026, 5, 12))
    assert render("{{ at|day }}", at=moment) == '<time datetime="2026-05-12">12 May 2026</time>'


def test_a_moment_that_is_not_there_shows_nothing():
    assert render("{{ at|ago }}{{ at|day }}", at=None) == ""
