"""What the sweep does for search: index what was there before, and keep knowing slips."""

from __future__ import annotations

import time
from datetime import datetime

from community.core.owed import owed

from . import index, words
from .models import EVERYTHING, Filling, SearchWord
from .sources import all_sources

SECONDS = 20  # that one sweep fills for
GROWN = 1.1  # from how much growth on slips are guessed anew
SLIPS = "slips"  # the row of Filling that remembers at how many entries they were guessed


@owed("search.fill")
def fill_index(at: datetime) -> int:
    """Index what is not indexed yet, a while at a time; answer how many things."""
    until, done = time.monotonic() + SECONDS, 0
    for kind in index.sources_to_fill(all_sources()):
        while time.monotonic() < until and (count := index.fill_some(kind)):
            done += count
    return done


@owed("search.give_vectors")
def give_vectors(at: datetime) -> int:
    """Work out what the newest entries without a vector mean, a while at a time."""
    until, done = time.monotonic() + SECONDS, 0
    while time.monotonic() < until and (count := index.give_some_vectors()):
        done += count
    return done


@owed("search.guess_slips")
def guess_slips(at: datetime) -> int:
    """Guess anew what rare words are slips for, once the index has grown by a tenth."""
    total = SearchWord.objects.filter(word=EVERYTHING).values_list("entry_count", flat=True).first()
    state, _is_new = Filling.objects.get_or_create(kind=SLIPS, defaults={"version": 0})
    if not total or (state.last_id and total < state.last_id * GROWN):
        return 0
    words.remember_mistypings()
    Filling.objects.filter(kind=SLIPS).update(last_id=total, done_at=at)
    return 1
