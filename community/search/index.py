"""Keeping the index true. Whoever changes what can be found says `refresh`, in that transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from . import words
from .analysis import terms_of
from .meaning import vectors
from .models import EVERYTHING, Filling, SearchEntry
from .sources import Source, Text, source_of

VERSION = 1  # of the analysis: one more has every entry made anew
LONGEST_BODY = 8000
BATCH = 500
FILLED_AT_ONCE = 5000  # of which each word is counted once
FEW = 20  # texts whose vectors are made at once; those of more are owed, `search.give_vectors`
CONTENT = ("board_id", "audience", "title", "body", "title_terms", "body_terms")


@transaction.atomic
def refresh(kind: str, keys: Iterable[int]) -> None:
    """Make the entries of these things what the things are now; what may not be found has none.

    Call it after the change, in the same transaction. Safe to repeat.
    """
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        _replace(kind, some, source_of(kind).texts(some))


def fill(kind: str, *, say: Callable[[int], None] | None = None) -> int:
    """Index every thing of a kind, in batches of one transaction each; answer how many it went
    through. Resumable: a killed one goes on where it was. `say` hears the number so far.
    """
    done = 0
    while count := fill_some(kind):
        done += count
        if say:
            say(done)
    return done


@transaction.atomic
def fill_some(kind: str, size: int = FILLED_AT_ONCE) -> int:
    """Index the next things of a kind that nobody has indexed; answer how many, 0 at the end."""
    state, _is_new = Filling.objects.get_or_create(kind=kind, defaults={"version": VERSION})
    state = Filling.objects.select_for_update().get(pk=kind)
    if state.version != VERSION:
        state.version, state.last_id, state.done_at = VERSION, 0, None
    source = source_of(kind)
    keys = source.keys_after(state.last_id, size)
    if keys:
        _replace(kind, keys, source.texts(keys))
        state.last_id = keys[-1]
    else:
        state.done_at = timezone.now()
    state.save()
    return len(keys)


def start_over(kind: str) -> None:
    """Have the next `fill` begin at the first thing."""
    Filling.objects.filter(kind=kind).update(last_id=0, done_at=None)


@transaction.atomic
def move_board(board_id: int, audience: str) -> None:
    """Who may read a board has changed: for all its entries at once."""
    SearchEntry.objects.filter(board_id=board_id).exclude(audience=audience).update(
        audience=audience
    )


def entry_of(kind: str, text: Text) -> SearchEntry:
    """A thing as it is stored in the index."""
    body = text.body[:LONGEST_BODY]
    return SearchEntry(
        kind=kind,
        object_id=text.object_id,
        board_id=text.board_id,
        audience=text.audience,
        title=text.title,
        body=body,
        title_terms=" ".join(terms_of(text.title)),
        body_terms=" ".join(terms_of(body)),
    )


@transaction.atomic
def give_some_vectors(size: int = 100, *, kind: str = "") -> int:
    """Work out what the newest entries without a vector mean, of one kind where it is named; answer
    how many: 0 at the end, or where there is no model.
    """
    without = SearchEntry.objects.filter(vector=None, **({"kind": kind} if kind else {}))
    entries = list(without.order_by("-id").only("title", "body")[:size])
    done = _give_vectors(entries)
    for entry in entries[:done]:  # only where the text is still the one that was read
        same = SearchEntry.objects.filter(pk=entry.pk, title=entry.title, body=entry.body)
        same.update(vector=entry.vector)
    return done


def _give_vectors(entries: Sequence[SearchEntry]) -> int:
    """Set the vectors of these entries, unsaved; answer how many."""
    made = vectors.of([(entry.title, entry.body) for entry in entries]) or []
    for entry, vector in zip(entries, made, strict=False):
        entry.vector = vector
    return len(made)


def _replace(kind: str, keys: Sequence[int], texts: Iterable[Text]) -> None:
    """The entries of these keys become these texts; keys without a text lose theirs."""
    there = SearchEntry.objects.filter(kind=kind, object_id__in=keys)
    before = {entry.object_id: entry for entry in there.select_for_update().order_by("object_id")}
    after = {text.object_id: entry_of(kind, text) for text in texts}
    gone = [entry.pk for key, entry in before.items() if key not in after]
    changed = [entry for key, entry in after.items() if _differs(entry, before.get(key))]
    if gone:
        SearchEntry.objects.filter(pk__in=gone).delete()
    if changed:
        if len(changed) <= FEW:
            _give_vectors(changed)
        SearchEntry.objects.bulk_create(
            changed,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=[*CONTENT, "vector"],
        )
    words.count_in(_change(before.values(), after.values()))


def _differs(entry: SearchEntry, stored: SearchEntry | None) -> bool:
    return stored is None or any(getattr(entry, n) != getattr(stored, n) for n in CONTENT)


def _change(before: Iterable[SearchEntry], after: Iterable[SearchEntry]) -> Counter[str]:
    """By how much the counts of words change."""
    change: Counter[str] = Counter()
    for entry in before:
        change.subtract(words_in(entry))
    for entry in after:
        change.update(words_in(entry))
    return change


def words_in(entry: SearchEntry) -> set[str]:
    """The words that an entry counts for."""
    return {EVERYTHING, *entry.title_terms.split(), *entry.body_terms.split()}


def sources_to_fill(sources: Iterable[Source]) -> list[str]:
    """The kinds whose things are not all indexed yet, or by an older analysis."""
    done = Filling.objects.filter(version=VERSION, done_at__isnull=False)
    kinds = set(done.values_list("kind", flat=True))
    return [source.kind for source in sources if source.kind not in kinds]
