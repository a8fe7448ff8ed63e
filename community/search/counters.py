"""The index counted again for `manage.py reconcile`: every entry, and the count of every word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from community.core.counters import Drift, counter

from . import index, words
from .models import SearchEntry, SearchWord
from .sources import Source, all_sources

BATCH = 1000


@counter("search.entry")
def recompare_entries(repair: bool) -> Iterator[Drift]:
    """One for each thing that may be found, with its words of now."""
    for source in all_sources():
        if source.kind in index.sources_to_fill([source]):
            continue  # the sweep is still at it
        yield from _compare(source, repair)


@counter("search.word")
def recount_words(repair: bool) -> Iterator[Drift]:
    """In how many entries each word stands."""
    stored = Counter(dict(SearchWord.objects.values_list("word", "entry_count")))
    true = words.true_counts()
    for word in sorted(true.keys() | stored.keys()):
        if true[word] != stored[word]:
            yield Drift(f"word {word!r}", stored[word], true[word])
    if repair:
        words.recount()


def _compare(source: Source, repair: bool) -> Iterator[Drift]:
    last = 0
    while keys := source.keys_after(last, BATCH):
        stored = SearchEntry.objects.filter(
            kind=source.kind, object_id__gt=last, object_id__lte=keys[-1]
        )
        there = {entry.object_id: entry for entry in stored}
        true = {t.object_id: index.entry_of(source.kind, t) for t in source.texts(keys)}
        wrong = [
            k for k in sorted(there.keys() | true.keys()) if _differ(there.get(k), true.get(k))
        ]
        for key in wrong:
            yield Drift(
                f"search entry {source.kind} {key}", _said(there.get(key)), _said(true.get(key))
            )
        if repair:
            index.refresh(source.kind, wrong)
        last = keys[-1]


def _differ(stored: SearchEntry | None, true: SearchEntry | None) -> bool:
    names = index.CONTENT
    return [getattr(stored, n, None) for n in names] != [getattr(true, n, None) for n in names]


def _said(entry: SearchEntry | None) -> str:
    return "nothing" if entry is None else f"{entry.title!r} for {entry.audience}"
