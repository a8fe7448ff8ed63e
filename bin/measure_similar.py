"""Measures suggestions: `.venv/bin/python bin/measure_similar.py ../shared/data/similar`.

For each title that has a twin in the development set: whether a twin is among the first one, five
and ten suggestions, the query itself left out; from the title alone, with the text, with a slip,
in another order. It runs in the database of DATABASE_URL, inside a transaction that is rolled back;
the index is set aside meanwhile, so use a database of its own.
"""

# ruff: noqa: E402  Django has to be set up before its models are imported

from __future__ import annotations

import gzip
import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")

import django

django.setup()

from django.db import connection, transaction

from community.search import index, synonyms, words
from community.search.finding import similar
from community.search.models import SearchEntry, SearchWord, Synonyms
from community.search.queries import Scope
from community.search.sources import Source, Text, register

PUBLIC = Scope("idea", ["public"])
Change = Callable[[str], str]


@dataclass
class Known:
    """Titles and texts by key, and which are twins."""

    texts: dict[int, tuple[str, str]] = field(default_factory=dict)
    twins: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def pair(self, one: int, other: int) -> None:
        self.twins[one].add(other)
        self.twins[other].add(one)


def reports(folder: Path) -> Known:
    """The reports of the development set."""
    known = Known()
    with gzip.open(folder / "gitbugs_seamonkey.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            report = json.loads(line)
            known.texts[int(report["id"])] = report["title"], report["text"] or ""
    for one, other in json.loads((folder / "gitbugs_seamonkey_pairs.json").read_text()):
        known.pair(int(one), int(other))
    return known


def paraphrases(folder: Path) -> Known:
    """The pairs of titles that say the same in other words."""
    known = Known()
    for place, pair in enumerate(json.loads((folder / "paraphrases.json").read_text())):
        known.texts |= {2 * place: (pair["title"], ""), 2 * place + 1: (pair["says_the_same"], "")}
        known.pair(2 * place, 2 * place + 1)
    return known


def measure(name: str, known: Known) -> None:
    """Index the texts alone, ask, and print the shares."""

    def texts(keys: object) -> Iterator[Text]:
        for key, (title, body) in known.texts.items():
            yield Text(key, 1, "public", title[:120], body)

    register(Source("idea", texts, lambda last, size: []))
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    index.refresh("idea", known.texts)
    while index.give_some_vectors():
        pass
    words.remember_mistypings()
    chance = random.Random(5)
    print(f"{name}, {connection.vendor}: {len(known.twins)} queries, {len(known.texts)} texts")
    report("title", known, shares(known, str))
    if any(body for _title, body in known.texts.values()):
        report("title and text", known, shares(known, str, with_text=True))
    report("title with a slip", known, shares(known, lambda title: slip(title, chance)))
    report("title in another order", known, shares(known, lambda title: shuffled(title, chance)))


def shares(known: Known, change: Change, *, with_text: bool = False) -> Mapping[int, int]:
    """In how many queries a twin is among the first one, five and ten."""
    hits = dict.fromkeys((1, 5, 10), 0)
    for key, twins in known.twins.items():
        title, body = known.texts[key]
        found = similar(
            change(title), body if with_text else "", scope=PUBLIC, limit=10, without=[key]
        )
        for most in hits:
            hits[most] += any(hit.pk in twins for hit in found[:most])
    return hits


def report(name: str, known: Known, hits: Mapping[int, int]) -> None:
    shown = "  ".join(f"hit@{most} {count / len(known.twins):.3f}" for most, count in hits.items())
    print(f"  {name:24} {shown}", flush=True)


def slip(title: str, chance: random.Random) -> str:
    """The title with a letter of one longer word left out, swapped or changed."""
    typed = title.split()
    places = [place for place, word in enumerate(typed) if len(word) > 4]
    if not places:
        return title
    place = chance.choice(places)
    word, at = typed[place], chance.randrange(1, len(typed[place]) - 1)
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + chance.choice("aeinst") + word[at + 1 :],
    ]
    typed[place] = chance.choice(slips)
    return " ".join(typed)


def shuffled(title: str, chance: random.Random) -> str:
    typed = title.split()
    chance.shuffle(typed)
    return " ".join(typed)


if __name__ == "__main__":
    where = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/similar")
    with transaction.atomic():
        measure("reports", reports(where))
        measure("paraphrases", paraphrases(where))
        Synonyms.objects.all().delete()
        synonyms.forget()
        measure("paraphrases without synonyms", paraphrases(where))
        transaction.set_rollback(True)
