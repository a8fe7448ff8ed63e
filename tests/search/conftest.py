"""The synonyms that Heard ships are in use, whatever a test before has emptied."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from community.search import synonyms
from community.search.models import Synonyms


@pytest.fixture(autouse=True)
def shipped_synonyms(db: None) -> Iterator[None]:
    rows = [Synonyms(words=words) for words in synonyms.shipped()]
    Synonyms.objects.bulk_create(rows, ignore_conflicts=True)
    synonyms.forget()
    yield
    synonyms.forget()
