"""What can be found is what can be read: the index follows each change in its own transaction."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction

from community.core.counters import recounts
from community.search import index, words
from community.search.finding import find
from community.search.models import EVERYTHING, Filling, SearchEntry, SearchWord
from community.search.owed import fill_index, guess_slips
from community.search.sources import all_sources
from forum.actions import edit_post, hide_post, restore_post
from forum.models import Board
from forum.search import questions_for
from ideas.actions import edit_idea, withdraw_idea
from ideas.search import ideas_for
from tests import make

pytestmark = pytest.mark.django_db


def found(text, reader):
    return [hit.pk for hit in find(text, ideas_for(reader)).hits]


def drifts():
    names = ("search.entry", "search.word")
    return [str(drift) for name in names for drift in recounts()[name](False)]


@pytest.fixture
def anybody():
    return AnonymousUser()


def test_an_idea_is_found_by_a_word_of_its_title_and_by_one_of_its_text(anybody):
    idea = make.idea("Free wi-fi in the stores", body="One bar in aisle 4.")

    assert found("wifi", anybody) == [idea.pk]
    assert found("aisles", anybody) == [idea.pk]
    assert found("parking", anybody) == []


def test_a_question_is_found_among_the_questions_only(anybody):
    question = make.question("Does the soundbar work with my TV?")

    assert found("soundbar", anybody) == []
    assert [hit.pk for hit in find("soundbar", questions_for(anybody)).hits] == [question.pk]


def test_what_is_hidden_is_gone_at_once_and_back_when_it_is_restored(idea, moderator, anybody):
    opening = idea.topic.posts.get(no=1)

    hide_post(opening, by=moderator, reason="Spam")
    while_hidden = found("wifi", anybody), found("wifi", moderator)
    restore_post(opening, by=moderator, reason="A mistake")

    assert while_hidden == ([], [])
    assert found("wifi", anybody) == [idea.pk]
    assert drifts() == []


def test_an_edit_is_found_by_its_new_words_and_not_by_its_old_ones(idea, anybody):
    edit_idea(idea, title="Benches near the checkouts", text="To rest.", by=idea.topic.author)

    assert found("bench", anybody) == [idea.pk]
    assert found("wifi", anybody) == []
    assert drifts() == []


def test_an_edited_question_too(question, anybody):
    post = question.posts.get(no=1)

    edit_post(post, text="It hums.", title="Why does my fridge hum?", by=question.author)

    assert [hit.pk for hit in find("fridges", questions_for(anybody)).hits] == [question.pk]
    assert find("soundbar", questions_for(anybody)).hits == []


def test_a_withdrawn_idea_is_not_found(idea, anybody):
    withdraw_idea(idea, by=idea.topic.author)

    assert found("wifi", anybody) == []
    assert drifts() == []


def test_nothing_of_a_change_that_is_rolled_back_stays_in_the_index(anybody):
    with transaction.atomic():
        make.idea("Benches near the checkouts")
        transaction.set_rollback(True)

    assert found("bench", anybody) == []
    assert SearchWord.objects.filter(entry_count__gt=0).count() == 0


@pytest.mark.parametrize(
    ("audience", "finders"),
    [("public", {"anybody", "customer", "employee"}), ("members", {"customer", "employee"}),
     ("employees", {"employee"})],
)  # fmt: skip
def test_who_may_not_read_a_board_finds_nothing_on_it(
    audience, finders, anybody, customer, employee
):
    board = make.board("back-office", audience=audience)
    idea = make.idea("Benches near the checkouts", on=board)
    readers = {"anybody": anybody, "customer": customer, "employee": employee}

    assert {name for name, who in readers.items() if idea.pk in found("bench", who)} == finders


def test_a_board_that_closes_takes_its_ideas_out_of_everybodys_search(as_admin, idea, anybody):
    fields = {"name": "Stores", "slug": "stores", "holds": "ideas", "about": "", "template": ""}
    address = f"/admin/forum/board/{idea.board_id}/change/"

    answer = as_admin.post(address, {**fields, "audience": "employees", "position": 0})

    assert answer.status_code == 302, answer.context["errors"]
    assert Board.objects.get(pk=idea.board_id).audience == "employees"
    assert found("wifi", anybody) == []
    assert drifts() == []


def test_saying_it_twice_changes_nothing(idea):
    before = dict(SearchWord.objects.values_list("word", "entry_count"))

    index.refresh("idea", [idea.pk, idea.pk])

    assert dict(SearchWord.objects.values_list("word", "entry_count")) == before
    assert before[EVERYTHING] == 1


def test_a_database_from_before_is_filled_by_the_sweep(anybody):
    ideas = [make.idea(title) for title in ("Benches everywhere", "More benches", "Bench please")]
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()

    done = fill_index(make.NOON), fill_index(make.NOON)

    assert done == (3, 0)
    assert set(found("bench", anybody)) == {idea.pk for idea in ideas}
    assert not index.sources_to_fill(all_sources())
    assert drifts() == []


def test_an_index_of_an_older_analysis_is_made_anew(idea, anybody):
    fill_index(make.NOON)
    Filling.objects.filter(kind="idea").update(version=0)
    SearchEntry.objects.update(title_terms="old", body_terms="old")

    fill_index(make.NOON)

    assert found("wifi", anybody) == [idea.pk]


def test_reconcile_finds_what_the_index_has_lost_and_repairs_it(idea, anybody):
    fill_index(make.NOON)
    SearchEntry.objects.all().delete()

    lost = drifts()
    for recount in recounts().values():
        list(recount(True))

    assert any(f"idea {idea.pk}" in line for line in lost)
    assert drifts() == []
    assert found("wifi", anybody) == [idea.pk]


def test_the_command_makes_the_index_anew_and_says_what_it_did(idea, anybody, capsys):
    SearchEntry.objects.all().delete()

    call_command("reindex_search")

    assert "idea: 1 indexed" in capsys.readouterr().out
    assert found("wifi", anybody) == [idea.pk]


def test_a_slip_in_what_was_written_is_found_by_the_right_word(anybody):
    for place in range(9):
        make.idea(f"Wireless in hall {place}", body="Please.")
    slip = make.idea("Wirelss at the cafe", body="Please.")
    guess_slips(make.NOON)

    assert slip.pk in found("wireless cafe", anybody)
    vocabulary = words.IndexVocabulary()
    assert vocabulary.counts(["wireless"]) == {"wireless": 9}
    assert vocabulary.mistypings(["wireless"])["wireless"] == [("wirelss", 1)]
