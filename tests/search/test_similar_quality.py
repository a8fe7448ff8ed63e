"""Who says it in other words is shown it: on both databases, with slips, in any order."""

from __future__ import annotations

import json
import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from community.search import index
from community.search.finding import keys_of, similar
from community.search.models import SearchEntry, Synonyms
from community.search.queries import Scope
from community.search.sources import Source, Text, register, source_of
from tests import make

pytestmark = pytest.mark.django_db
PUBLIC = Scope("idea", ["public"])

# Everyday titles and the same in other words. None of them is in the development set.
PAIRS = [
    ("More benches to rest on", "somewhere to sit down while I wait"),
    ("Cheaper shipping for small parcels", "lower delivery costs for little packages"),
    ("Let children play while parents shop", "a play area for kids"),
    ("Cleaner toilets", "the restrooms are dirty"),
    ("Open earlier on Saturdays", "longer opening hours at the weekend"),
    ("Remember my basket when I sign in", "keep what is in my cart after login"),
    ("Repair phones while I wait", "fix broken mobiles on the spot"),
    ("Show the queue length online", "waiting time at the checkout on the website"),
    ("Bigger print on price tags", "price labels with larger letters"),
    ("Free coffee for members", "complimentary coffee with the loyalty club membership"),
    ("Dogs should be allowed", "let me bring my pet"),
    ("Sell refurbished laptops", "second-hand computers, please"),
]


@pytest.fixture
def texts():
    """All of them in the index."""
    titles = [title for pair in PAIRS for title in pair]
    said = dict(enumerate(titles, 1))
    real = source_of("idea")
    register(
        Source(
            "idea",
            lambda keys: [Text(key, 1, "public", said[key], "") for key in keys if key in said],
            lambda last, size: [key for key in said if key > last][:size],
        )
    )
    index.fill("idea")
    yield said
    register(real)


def share_found(texts, change=lambda title: title) -> float:
    """How many are shown their twin among the first five."""
    hits = 0
    for key, title in texts.items():
        twin = key + 1 if key % 2 else key - 1
        shown = similar(change(title), scope=PUBLIC, limit=5, without=[key])
        hits += twin in [hit.pk for hit in shown]
    return hits / len(texts)


def test_the_twin_is_among_the_first_five(texts):
    assert share_found(texts) >= 0.85


def test_the_order_of_the_words_does_not_matter(texts):
    def shuffled(title: str) -> str:
        words = title.split()
        random.Random(1).shuffle(words)
        return " ".join(words)

    assert share_found(texts, shuffled) >= 0.85


def test_a_slip_does_not_hide_it():
    idea = make.idea("Umbrellas to borrow at the entrance")
    for title in ("Umbrelas to borrow", "umbrellsa at teh entrance", "umbrella at the entrence"):
        assert [hit.pk for hit in similar(title, scope=PUBLIC)] == [idea.pk]


def test_the_text_helps_where_the_title_says_little():
    make.idea("Please change this", body="Nobody answers the telephone in the evening.")
    right = make.idea("It is a shame", body="The umbrella stand at the entrance is always empty.")

    hits = similar(
        "My wish", "There should be an umbrella for who leaves in the rain", scope=PUBLIC
    )

    assert hits[0].pk == right.pk


def test_an_admins_synonyms_are_used_at_once_and_written_down(as_admin):
    idea = make.idea("Lend out brollies")
    before = similar("Umbrellas to borrow", scope=PUBLIC)

    as_admin.post("/admin/search/synonyms/add/", {"words": "umbrella = brolly"})

    assert before == []
    assert [hit.pk for hit in similar("Umbrella", scope=PUBLIC)] == [idea.pk]
    assert Synonyms.objects.filter(words="umbrella = brolly").exists()


def test_synonyms_need_two_words(as_admin):
    page = as_admin.post("/admin/search/synonyms/add/", {"words": "umbrella"})

    assert "Put = between two words at least." in page.content.decode()


def test_the_command_prints_a_line_of_json_a_query(tmp_path):
    idea = make.idea("Umbrellas to borrow")
    make.question("Where are the umbrellas?")
    file = tmp_path / "queries.txt"
    file.write_text(
        'umbrella\n\nzeppelin\n{"title": "umbrellas", "body": "rain"}\numbrella\train\n'
    )
    out = StringIO()

    call_command("similar", file=file, stdout=out)

    shown = [{"id": idea.pk, "title": "Umbrellas to borrow"}]
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert lines == [shown, [], [], shown, shown]


def test_the_command_asks_of_questions_too_and_without_a_query_says_so(tmp_path):
    question = make.question("Where are the umbrellas?")
    out = StringIO()

    call_command("similar", "umbrella stand", kind="topics", stdout=out)

    assert json.loads(out.getvalue()) == [{"id": question.pk, "title": question.title}]
    with pytest.raises(CommandError, match="Say a title"):
        call_command("similar")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("similar", file=tmp_path / "none")


def test_the_command_indexes_first_what_is_not_indexed_yet():
    idea = make.idea("Umbrellas to borrow")
    SearchEntry.objects.all().delete()
    out = StringIO()

    call_command("similar", "umbrella", stdout=out)

    assert json.loads(out.getvalue())[0]["id"] == idea.pk


def test_the_database_answers_from_its_index(texts):
    """Neither database reads through all entries."""
    keys = keys_of("refurbished laptops", PUBLIC)
    assert keys is not None
    sql, values = keys.sql, keys.params
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            by_terms, _and, _scope = sql.partition(" AND kind")  # so few rows need no more
            cursor.execute(f"EXPLAIN {by_terms}", values[:1])
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        plan = "\n".join(str(row) for row in cursor.fetchall())

    assert "entries_by_terms" in plan or "VIRTUAL TABLE INDEX" in plan
    assert "SCAN e\b" not in plan
