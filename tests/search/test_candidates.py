"""Which entries the database hands over to be put in order: the same from both, for each kind."""

from __future__ import annotations

import pytest

from community.search.engines import postgres, sqlite
from community.search.finding import find, find_each, similar
from community.search.queries import Scope
from tests import make

pytestmark = pytest.mark.django_db

IDEAS, QUESTIONS = Scope("idea", ["public"]), Scope("topic", ["public"])


@pytest.fixture(params=[1500, 4])
def most_ranked(request, monkeypatch):
    """As it is, and so few that everything said here is said often."""
    for engine in (postgres, sqlite):
        monkeypatch.setattr(engine, "MOST_RANKED", request.param)
    return request.param


def test_many_newer_questions_hide_no_idea_that_says_the_same(most_ranked):
    benches = [make.idea(f"Benches in hall {place}") for place in range(3)]
    for place in range(9):
        make.question(f"Which benches stand in hall {place}?")

    ideas, questions = find_each("bench", [IDEAS, QUESTIONS])

    assert {hit.pk for hit in ideas.hits} == {idea.pk for idea in benches}
    assert (ideas.count, questions.count) == (3, min(9, most_ranked))


def test_of_more_than_are_ranked_the_newest_are(most_ranked):
    benches = [make.idea(f"Benches in hall {place}") for place in range(9)]

    found = find("bench", IDEAS).hits

    assert {hit.pk for hit in found} == {idea.pk for idea in benches[-most_ranked:]}


def test_a_kind_without_all_the_words_answers_what_says_some_of_them(most_ranked):
    make.idea("Benches near the checkouts")
    make.question("Are there benches?")

    ideas, questions = find_each("bench checkout", [IDEAS, QUESTIONS])

    assert (len(ideas.hits), ideas.is_partial) == (1, False)
    assert (len(questions.hits), questions.is_partial) == (1, True)


def test_a_kind_where_nothing_is_found_has_no_partial_hits():
    make.idea("Benches near the checkouts")

    ideas, questions = find_each("bench", [IDEAS, QUESTIONS])

    assert len(ideas.hits) == 1
    assert (questions.hits, questions.count, questions.is_partial) == ([], 0, False)


def test_the_title_says_more_than_the_text(most_ranked):
    titled = make.idea("Benches")
    make.idea("A place to rest", body="Benches, for one.")
    for place in range(2):
        make.idea(f"More benches in hall {place}")

    assert find("bench", IDEAS).hits[0].pk == titled.pk
    assert similar("Benches, please", scope=IDEAS)[0].pk == titled.pk


def test_two_words_that_are_one_thing_are_looked_for_once():
    wifi = make.idea("Wireless internet in the stores")
    make.idea("Benches in the stores")

    assert [hit.pk for hit in find("wi fi", IDEAS).hits] == [wifi.pk]
    assert similar("wi fi in the stores", scope=IDEAS)[0].pk == wifi.pk
