"""The synonyms that Heard ships are in use, whatever a test before has emptied; and the model."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from community.search import synonyms
from community.search.meaning import loading
from community.search.models import Synonyms


@pytest.fixture(autouse=True)
def shipped_synonyms(db: None) -> Iterator[None]:
    rows = [Synonyms(words=words) for words in synonyms.shipped()]
    Synonyms.objects.bulk_create(rows, ignore_conflicts=True)
    synonyms.forget()
    yield
    synonyms.forget()


@pytest.fixture
def with_model(settings):
    """The model, as bin/test installs it; plain pytest may do without, CI may not."""
    settings.SEARCH_BY_MEANING = True
    loading._loaded.cache_clear()
    if loading.model() is None:
        assert "CI" not in os.environ, "requirements-meaning.txt is not installed"
        pytest.skip("requirements-meaning.txt is not installed")
    yield
    loading._loaded.cache_clear()
