"""Measures search: `bin/python bin/measure_search.py 15000` fills an index and asks it.

Fills the index (nothing else) of the database in DATABASE_URL with so many ideas of the load model,
and times suggestions and searches: milliseconds on the clock (p50, p95), and of CPU in this process
and in the database's. Use a database of its own: what stands in its index is thrown away.
"""

# ruff: noqa: E402  Django has to be set up before its models are imported

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import quantiles

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")

import django

django.setup()

from django.db import connection

from community.pages.scale.prose import Prose
from community.search import index, words
from community.search.finding import find, similar
from community.search.models import Filling, SearchEntry, SearchWord
from community.search.queries import Scope
from community.search.sources import Source, Text, register

CITIES = "Austin Boston Chicago Dallas Denver Erie Flint Galveston Houston Irving".split()
PUBLIC = Scope("idea", ["public"])
TICK = os.sysconf("SC_CLK_TCK")


def main(count: int) -> None:
    """Fill, where the index does not hold so many, and measure."""
    if SearchEntry.objects.count() != count:
        fill(count)
    prose = Prose(random.Random(7), CITIES)
    titles = [prose.title("idea") for _ in range(200)]
    texts = [" ".join(prose.paragraphs("idea", sentences=5)) for _ in range(200)]
    common, rare = by_rarity()
    print(f"{connection.vendor}, {count} ideas; common {common[:4]}, rare {rare[:4]}")
    report("similar, title", [partial(similar, title, scope=PUBLIC) for title in titles])
    pairs = zip(titles, texts, strict=True)
    report("similar, with text", [partial(similar, *pair, scope=PUBLIC) for pair in pairs])
    typed = [mistyped(title) for title in titles]
    report("similar, mistyped", [partial(similar, title, scope=PUBLIC) for title in typed])
    report("find, common word", [partial(find, word, PUBLIC, limit=20) for word in common * 2])
    two = [f"{a} {b}" for a, b in pairwise(common)]
    report("find, two common", [partial(find, word, PUBLIC, limit=20) for word in two])
    report("find, rare word", [partial(find, word, PUBLIC, limit=20) for word in rare])


def fill(count: int) -> None:
    """Put so many ideas into an empty index."""
    prose = Prose(random.Random(3), CITIES)

    def texts(keys: Sequence[int]) -> Iterator[Text]:
        for key in keys:
            body = " ".join(prose.paragraphs("idea", sentences=prose.random.randint(2, 7)))
            yield Text(key, 1, "public", prose.title("idea"), body)

    register(Source("idea", texts, lambda last, n: range(last + 1, min(last + n, count) + 1)))
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    Filling.objects.all().delete()
    started = time.monotonic()
    index.fill("idea", say=lambda done: None if done % 10_000 else print(done, flush=True))
    words.remember_mistypings()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"filled in {time.monotonic() - started:.0f} s")


def by_rarity() -> tuple[list[str], list[str]]:
    """The thirty commonest words of the index, and thirty that stand in two to five entries."""
    rows = SearchWord.objects.exclude(word="").order_by("-entry_count", "word")
    common = list(rows.values_list("word", flat=True)[:30])
    rare = list(rows.filter(entry_count__range=(2, 5)).values_list("word", flat=True)[:30])
    return common, rare


def mistyped(title: str) -> str:
    """The title with two letters of its longest word swapped."""
    longest = max(title.split(), key=len)
    return title.replace(longest, longest[:2] + longest[3:4] + longest[2:3] + longest[4:])


def report(name: str, acts: Sequence[Callable[[], object]]) -> None:
    """Do each once to warm up, then once for the figures."""
    for act in acts[:20]:
        act()
    here, there, spent = time.process_time(), database_cpu(), []
    for act in acts:
        started = time.perf_counter()
        act()
        spent.append(1000 * (time.perf_counter() - started))
    here, there = time.process_time() - here, database_cpu() - there
    cut = quantiles(spent, n=20)
    each = 1000 / len(acts)
    print(
        f"{name:20} p50 {cut[9]:6.1f}  p95 {cut[18]:6.1f}  max {max(spent):6.1f} ms;"
        f" CPU {here * each:5.1f} here, {there * each:5.1f} in the database",
        flush=True,
    )


def database_cpu() -> float:
    """Seconds of CPU that the process of this connection has used; 0 where it is this process."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15_000)
