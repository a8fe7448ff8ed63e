"""One search over ideas and questions: marked, forgiving, and never a fault."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache

from forum.actions import hide_post
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_kept_pages():
    cache.clear()


def titles(page: str) -> list[str]:
    found = re.findall(r'__title"><a href="[^"]+">(.*?)</a>', page)
    return [re.sub("</?mark>", "", title) for title in found]


def looked_for(client, words: str, **more: str) -> str:
    answer = client.get("/search/", {"q": words, **more})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def wifi():
    return make.idea("Free wi-fi in the stores", body="One bar in aisle 4 & <b>none</b> in 5.")


@pytest.fixture
def router():
    return make.question("Which router gives wi-fi in the garden?", text="It is a long garden.")


def test_ideas_and_questions_stand_on_one_page(client, wifi, router):
    page = looked_for(client, "wifi")

    assert titles(page) == [wifi.topic.title, router.title]
    assert f'data-idea="{wifi.pk}" data-votes="1"' in page
    assert "1 idea" in page
    assert "1 question" in page


def test_the_words_are_marked_in_title_and_text_and_the_rest_is_escaped(client, wifi):
    page = looked_for(client, "wifi aisles")

    assert "Free <mark>wi-fi</mark> in the stores" in page
    assert "One bar in <mark>aisle</mark> 4 &amp; &lt;b&gt;none" in page


def test_the_text_is_shown_around_the_word_that_was_looked_for(client):
    make.idea("Benches", body="Many words before it. " * 30 + "Umbrellas too, please.")

    page = looked_for(client, "umbrella")

    assert "… " in page
    assert "<mark>Umbrellas</mark> too, please." in page


@pytest.mark.parametrize(
    "typed", ["wirless", "wireles", "Wireless internet", "WI-FI", "w¡fi stores"]
)
def test_slips_and_other_words_find_it_too(client, wifi, typed):
    make.idea("Wireless chargers to borrow")

    assert wifi.topic.title in titles(looked_for(client, typed))


def test_a_slip_in_a_short_word_reaches_no_word_that_begins_otherwise(client):
    make.idea("A quiet area in the stores")
    make.idea("Free parking")

    assert titles(looked_for(client, "frea")) == ["Free parking"]


def test_what_denies_a_word_is_no_synonym_with_that_word(client):
    make.idea("Somewhere to charge a phone")

    assert titles(looked_for(client, "free")) == []  # though it is “no charge”


def test_half_of_what_says_the_same_is_not_marked(client):
    make.idea("A hotspot", body="The internet is slow in aisle 4.")

    page = looked_for(client, "wifi")  # which is “wireless internet”, too

    assert "<mark>hotspot</mark>" in page
    assert "<mark>internet</mark>" not in page


def test_words_that_begin_one_find_it(client):
    make.idea("Recycling of old batteries")

    assert titles(looked_for(client, "batter")) == ["Recycling of old batteries"]


def test_no_hit_carries_the_words_over_to_an_idea_and_to_a_question(client, wifi):
    page = looked_for(client, "benches & sofas")

    assert "Nobody has said “benches &amp; sofas” yet" in page
    assert 'href="/ideas/new/?title=benches+%26+sofas"' in page
    assert 'href="/forum/ask/?title=benches+%26+sofas"' in page
    assert (
        "benches &amp; sofas" in client.get("/ideas/new/?title=benches+%26+sofas").content.decode()
    )


def test_where_none_has_all_the_words_it_says_so(client, wifi):
    page = looked_for(client, "wifi zeppelin")

    assert titles(page) == [wifi.topic.title]
    assert "None has all of these words" in page


def test_more_of_one_kind_is_paged(client):
    for place in range(23):
        make.idea(f"Benches in hall {place}")

    both = looked_for(client, "bench")
    first = looked_for(client, "bench", kind="ideas")
    second = looked_for(client, "bench", kind="ideas", after="20")

    assert len(titles(both)) == 5
    assert "/search/?q=bench&amp;kind=ideas" in both
    assert (len(titles(first)), len(titles(second))) == (20, 3)
    assert len({*titles(first), *titles(second)}) == 23
    assert "After=40" not in second


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "the of and",
        "\x00",
        "\"'`;--",
        "NEAR(a b)",
        "a* OR b AND NOT c",
        "title:wifi",
        "{title_terms}: x",
        ":*&|!<->",
        "a" * 10_000,
        "wifi " * 2_000,
        "😀",
        "日本語のお店",
        "متجر",
        "Ünïcödé ﬁ ½",
        "%s %(x)s %%",
        "\\",
        "١٢٣",
        "u0",
        "-" * 300,
        "'-" * 300,
        "\ud800",
    ],
)
def test_whatever_is_typed_gets_a_page(client, wifi, typed):
    for kind in ("", "ideas", "questions", "nonsense"):
        for after in ("", "20", "-1", "x", "９", "99999999999"):
            fields = {"q": typed.encode("utf-8", "replace"), "kind": kind, "after": after}
            answer = client.get("/search/", fields)
            assert answer.status_code in ({200, 400} if "\x00" in typed else {200})


def test_other_scripts_are_found(client):
    make.idea("お店で無料のWi-Fi", body="お願いします")

    assert titles(looked_for(client, "無料")) == ["お店で無料のWi-Fi"]


def test_what_the_reader_may_not_see_is_neither_found_nor_counted(
    client, as_customer, as_employee, moderator
):
    make.idea("Benches for members", on=make.board("members", audience="members"))
    make.idea("Benches for staff", on=make.board("staff", audience="employees"))
    hidden = make.idea("Benches that were hidden")
    hide_post(hidden.topic.posts.get(no=1), by=moderator, reason="Spam")

    pages = [looked_for(who, "bench") for who in (client, as_customer, as_employee)]

    assert [sorted(titles(page)) for page in pages] == [
        [],
        ["Benches for members"],
        ["Benches for members", "Benches for staff"],
    ]
    assert ["1 idea<" in page for page in pages] == [False, True, False]
    assert ["2 ideas<" in page for page in pages] == [False, False, True]


def test_hiding_takes_it_out_of_the_kept_pages_at_once(
    client, wifi, moderator, django_capture_on_commit_callbacks
):
    before = titles(looked_for(client, "wifi"))
    with django_capture_on_commit_callbacks(execute=True):
        hide_post(wifi.topic.posts.get(no=1), by=moderator, reason="Spam")

    assert before == [wifi.topic.title]
    assert titles(looked_for(client, "wifi")) == []


def test_a_strangers_page_sets_no_cookie_and_has_no_token(client, wifi):
    answer = client.get("/search/?q=wifi")

    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_it_costs_as_many_queries_with_many_hits(client, settings, django_assert_max_num_queries):
    settings.PAGE_CACHE_SECONDS = 0
    make.idea("Benches in a hall")
    make.question("Where are the benches?")

    def queries() -> int:
        with django_assert_max_num_queries(7) as seen:
            looked_for(client, "bench")
        return len(seen)

    few = queries()
    for place in range(25):
        make.idea(f"Benches in hall {place}")

    assert queries() <= few


def test_the_list_of_ideas_is_narrowed_by_the_same_search(client, wifi):
    make.idea("Benches near the checkouts")

    assert titles(client.get("/ideas/?q=WIFI").content.decode()) == [wifi.topic.title]
    assert titles(client.get("/ideas/?q=wifi+store&sort=top").content.decode()) == [
        wifi.topic.title
    ]
    assert titles(client.get("/ideas/?q=umbrella").content.decode()) == []
