"""What means the same stands first, with fewer words in common; without a model words decide."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.utils import timezone

from community.search import index, owed
from community.search.finding import similar
from community.search.meaning import loading, vectors
from community.search.meaning.wordpieces import numbers_of
from community.search.models import SearchEntry, Synonyms
from community.search.queries import Scope
from tests import make

PUBLIC = Scope("idea", ["public"])


@pytest.fixture
def without_model(settings):
    settings.SEARCH_BY_MEANING = False
    loading._loaded.cache_clear()
    yield
    loading._loaded.cache_clear()


def cosine(one: str, other: str) -> float:
    stored = vectors.of([(one, ""), (other, "")])
    assert stored is not None
    landscape = vectors.landscape(b"", 0)
    assert landscape is not None
    return landscape.likeness(stored[0], stored[1:])[0]


def test_pieces_are_those_of_the_published_tokenizer(with_model):
    loaded = loading.model()
    assert loaded is not None
    # What the package `tokenizers` 0.23 answers with the model's own tokenizer.json.
    assert numbers_of("Wi-fi in the Stores!", loaded.vocabulary, 99) == [
        101, 15536, 1011, 10882, 1999, 1996, 5324, 999, 102,
    ]  # fmt: skip
    assert numbers_of("Größe café 日本", loaded.vocabulary, 99) == [
        101, 24665, 2080, 17499, 7668, 1864, 1876, 102,
    ]  # fmt: skip


def test_a_long_text_is_cut_and_still_ends(with_model):
    loaded = loading.model()
    assert loaded is not None
    numbers = numbers_of("parking " * 1000, loaded.vocabulary, 128)
    assert len(numbers) == 128
    assert numbers[-1] == loaded.vocabulary["[SEP]"]


def test_the_same_need_in_other_words_is_nearer_than_another_need(with_model):
    need = "Let me borrow an umbrella when it rains"
    assert (
        cosine(need, "lend out brollies on wet days") > cosine(need, "Longer opening hours") + 0.2
    )


def test_odd_texts_have_vectors(with_model):
    odd = [("", ""), ("\x00\x01", "\ufffd"), ("a" * 120, "b" * 8000), ("🎧" * 60, "。" * 50)]
    made = vectors.of(odd)
    assert made is not None
    assert {len(vector) for vector in made} == {384}


@pytest.mark.django_db
def test_what_means_the_same_stands_before_what_shares_more_words(with_model):
    Synonyms.objects.all().delete()
    same = make.idea(title="Somewhere to charge my phone in the shop")
    make.idea(title="Charge less for phone calls to the shop")
    found = similar("Power outlets so that a phone does not die in the shop", scope=PUBLIC)
    assert found[0].pk == same.pk


@pytest.mark.django_db
def test_without_the_model_words_decide(without_model):
    idea = make.idea(title="Somewhere to charge my phone in the shop")
    assert SearchEntry.objects.get(object_id=idea.pk, kind="idea").vector is None
    assert [hit.pk for hit in similar("charge a phone", scope=PUBLIC)] == [idea.pk]
    assert owed.give_vectors(timezone.now()) == 0


@pytest.mark.django_db
def test_a_changed_text_has_another_vector(with_model):
    idea = make.idea(title="Somewhere to charge my phone")
    entry = SearchEntry.objects.get(kind="idea", object_id=idea.pk)
    idea.topic.title = "Free parking for bicycles"
    idea.topic.save()
    index.refresh("idea", [idea.pk])
    after = SearchEntry.objects.get(kind="idea", object_id=idea.pk)
    assert entry.vector
    assert after.vector
    assert bytes(entry.vector) != bytes(after.vector)


@pytest.mark.django_db
def test_the_sweep_gives_vectors_to_what_was_indexed_in_bulk(with_model):
    idea = make.idea(title="Somewhere to charge my phone")
    SearchEntry.objects.update(vector=None)
    assert similar("charge a phone", scope=PUBLIC)[0].pk == idea.pk
    call_command("sweep")
    assert not SearchEntry.objects.filter(vector=None).exists()


def test_weights_that_are_not_the_published_ones_are_refused(with_model, tmp_path):
    from community.search.meaning import model  # noqa: PLC0415  needs packages that may be missing

    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(ValueError, match="does not hold the weights"):
        model.load(tmp_path, tmp_path / "made")
    assert not (tmp_path / "made").exists()
