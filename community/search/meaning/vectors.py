"""Vectors of texts as the index stores them, and the landscape that they make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .loading import model

if TYPE_CHECKING:
    from .landscape import Landscape

OF_TITLE = 0.35  # how much the title alone weighs beside the whole


def of(texts: Sequence[tuple[str, str]]) -> list[bytes] | None:
    """The vectors of titles with their texts, `landscape.SIZE` signed bytes each; None without a
    model.

    The title is read twice, alone and before its text, so that a long text does not drown it.
    """
    if not texts or (loaded := model()) is None:
        return None
    vectors = loaded.vectors([title for title, _body in texts])
    long = [n for n, (_title, body) in enumerate(texts) if body]
    if long:
        whole = loaded.vectors([f"{texts[n][0]}. {texts[n][1]}" for n in long])
        vectors[long] = OF_TITLE * vectors[long] + (1 - OF_TITLE) * whole
    scale = 127 / abs(vectors).max(axis=1, keepdims=True)
    return [row.tobytes() for row in (vectors * scale).round().astype("int8")]


def landscape(sample: bytes | bytearray, count: int) -> Landscape | None:
    """The landscape of so many texts, by the vectors of some of them; None without a model."""
    loaded = model()
    return loaded.landscape(sample, count) if loaded else None
