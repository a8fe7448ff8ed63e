"""What means nearly the same is found without a shared word, as soon as it is there."""

from __future__ import annotations

import time

import pytest

from community.search import index, nearby
from community.search.finding import similar
from community.search.meaning import loading, vectors
from community.search.meaning.slips import mended
from community.search.models import SearchEntry, Synonyms
from community.search.queries import Scope
from tests import make

pytestmark = pytest.mark.django_db
PUBLIC = Scope("idea", ["public"])
NEED = "Take back old batteries"
SAME = "Recycling of used power cells"


@pytest.fixture(autouse=True)
def no_synonym_helps(with_model):
    Synonyms.objects.all().delete()


def found(title: str, scope: Scope = PUBLIC) -> list[int]:
    return [hit.pk for hit in similar(title, scope=scope)]


def test_the_same_need_is_found_without_a_shared_word():
    same = make.idea(SAME, body="")
    make.idea("Open longer on Sundays", body="")

    assert found(NEED) == [same.pk]


def test_what_has_just_come_is_found_and_what_is_gone_is_not():
    assert found(NEED) == []
    same = make.idea(SAME, body="")
    assert found(NEED) == [same.pk]

    SearchEntry.objects.filter(object_id=same.pk, kind="idea").delete()
    assert found(NEED) == []


def test_what_a_reader_may_not_see_is_not_found_by_meaning_either():
    same = make.idea(SAME, body="")
    board = same.topic.board_id
    SearchEntry.objects.update(audience="staff")

    assert found(NEED) == []
    assert found(NEED, Scope("idea", ["staff"])) == [same.pk]
    assert found(NEED, Scope("idea", ["staff"], boards=[board + 1])) == []


def test_a_few_that_come_to_many_are_added_without_reading_all():
    for number in range(12):
        make.idea(f"A wish about shelf {number}", body="")
    before = nearby.landscape_of("idea")
    same = make.idea(SAME, body="")

    after = nearby.landscape_of("idea")

    assert before is not None
    assert after is not None
    assert after.middle is before.middle
    assert len(after.keys) == len(before.keys) + 1
    assert found(NEED)[0] == same.pk


def test_what_gets_its_vector_late_is_found_once_it_has_it(monkeypatch):
    same = make.idea(SAME, body="")
    for number in range(12):
        make.idea(f"A wish about shelf {number}", body="")
    SearchEntry.objects.filter(object_id=same.pk).update(vector=None)
    assert same.pk not in found(NEED)

    index.give_some_vectors()
    later = time.monotonic() + nearby.KEPT_WHILE_OWED
    monkeypatch.setattr(nearby.time, "monotonic", lambda: later)

    assert found(NEED)[0] == same.pk


def test_many_texts_are_seen_from_their_middle():
    loaded = loading.model()
    assert loaded is not None
    said = [f"Dear shop, my wish number {number} is about item {number}" for number in range(200)]
    rows = vectors.of([(title, "") for title in said])
    assert rows is not None

    alone = loaded.landscape(b"", 0).likeness(rows[0], rows[1:2])[0]
    among = loaded.landscape(b"".join(rows), 200).likeness(rows[0], rows[1:2])[0]

    assert among < alone


def test_a_slip_is_mended_before_the_model_reads_it():
    known = {"store": 1, "stare": 2, "the": 3, "open": 4}

    assert mended("Opne the Stroe", {"opn": {"open"}, "stroe": set()}, known) == "open the store"
    assert mended("the stre", {"stre": {"stare"}}, known) == "the stare"
    assert mended("The Stroe", {}, known) == "The Stroe"
    assert mended("a zeppelin", {"zeppelin": set()}, known) == "a zeppelin"
