"""The words of the index, how many entries each stands in, and which are slips of the finger.

Counts change in the transaction of their cause, each statement taking its rows in the order of the
words, so that two writers wait for one another and never both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, transaction

from .engines import engine
from .models import EVERYTHING, SearchWord
from .spelling import RATIO, guess_mistypings

TABLE = SearchWord._meta.db_table
BATCH = 400
NEAR = 12


class IndexVocabulary:
    """The words of the index as they stand now, read once; `total` comes with the first."""

    def __init__(self) -> None:
        self.total = 0
        self.slips: set[tuple[str, str, int]] = set()  # rare word, the one it is meant for, count

    def counts(self, words: Iterable[str]) -> Mapping[str, int]:
        """In how many entries each of these words stands, of those that stand in any."""
        asked = set(words)
        if not asked and self.total:
            return {}
        wanted, found = [*sorted(asked), EVERYTHING], dict[str, int]()
        for word, count, meant in _rows_of(wanted):
            if meant:
                self.slips.add((word, meant, count))
            if word in asked or word == EVERYTHING:
                found[word] = count
        self.total = found.pop(EVERYTHING, self.total)
        return found

    def mistypings(self, words: Iterable[str]) -> Mapping[str, Iterable[tuple[str, int]]]:
        """For words that have been counted: the slips for them, and what they are slips for."""
        asked, found = set(words), defaultdict(list)
        for word, meant, count in self.slips:
            if meant in asked:
                found[meant].append((word, count))
            if word in asked:
                found[word].append((meant, RATIO * count))
        return found

    def near(self, words: Iterable[str]) -> Mapping[str, Iterable[tuple[str, int]]]:
        """For each the words that begin with it or are spelt like it, with their counts."""
        return engine().near(sorted(words), NEAR)


def _rows_of(words: Sequence[str]) -> Iterable[tuple[str, int, str]]:
    """These words and the slips for them: word, count, what it is a slip for.

    By hand, because making the SQL of so many words takes Django longer than the database answers.
    """
    marks = ", ".join(["%s"] * len(words))
    columns = f"SELECT word, entry_count, meant FROM {TABLE} WHERE entry_count > 0 AND"
    sql = f"{columns} word IN ({marks}) UNION {columns} meant IN ({marks}) AND meant <> ''"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*words, *words])
        return list(cursor.fetchall())


def count_in(change: Mapping[str, int]) -> None:
    """Add to the counts of words, or take away from them."""
    rows = sorted((word, by) for word, by in change.items() if by)
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        places = ", ".join(["(%s, %s, '')"] * len(some))
        sql = (
            f"INSERT INTO {TABLE} (word, entry_count, meant) VALUES {places} ON CONFLICT (word)"
            f" DO UPDATE SET entry_count = {TABLE}.entry_count + excluded.entry_count"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [value for row in some for value in row])


def true_counts() -> Counter[str]:
    """The counts as the entries have them."""
    from .models import SearchEntry  # noqa: PLC0415

    counts = Counter(dict(engine().word_counts()))
    counts[EVERYTHING] = SearchEntry.objects.count()
    return counts


@transaction.atomic
def recount() -> int:
    """Set every count afresh and drop words that stand nowhere; answer how many had drifted."""
    true, stored = (
        true_counts(),
        Counter(dict(SearchWord.objects.values_list("word", "entry_count"))),
    )
    change = {w: true[w] - stored[w] for w in true.keys() | stored.keys() if true[w] != stored[w]}
    count_in(change)
    SearchWord.objects.filter(entry_count__lte=0).delete()
    return len(change)


def remember_mistypings() -> int:
    """Store what rare words seem to be slips for; answer how many do."""
    rows = SearchWord.objects.exclude(word=EVERYTHING).filter(entry_count__gt=0)
    stored = {
        word: (count, meant)
        for word, count, meant in rows.values_list("word", "entry_count", "meant")
    }
    guesses = guess_mistypings({word: count for word, (count, _meant) in stored.items()})
    changed = [word for word, (_count, meant) in stored.items() if guesses.get(word, "") != meant]
    for start in range(0, len(changed), BATCH):
        some = list(
            SearchWord.objects.filter(word__in=changed[start : start + BATCH]).order_by("word")
        )
        for word in some:
            word.meant = guesses.get(word.word, "")
        SearchWord.objects.bulk_update(some, ["meant"])
    return len(guesses)
