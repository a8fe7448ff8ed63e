"""The model: all-MiniLM-L6-v2 of sentence-transformers, six layers, Apache License 2.0.

After Wang et al., “MiniLM: Deep Self-Attention Distillation” (2020), and Reimers, Gurevych,
“Sentence-BERT” (2019). Its weights come in a package; CTranslate2 reads them in its own form, with
eight bits a weight, which is made of them once and kept in `var/model`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import numpy
from ctranslate2.converters import utils
from ctranslate2.specs import common_spec, transformer_spec

from .landscape import Landscape, unit
from .wordpieces import numbers_of

# Of the file that sentence-transformers published: whoever packs it, it is the same model.
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS = 6, 12
READ = 128  # pieces of a text that are read: its first sentences
AT_ONCE = 32


class Model:
    """The loaded model. Threads may share it."""

    landscape = Landscape  # what it reads with the same packages

    def __init__(self, folder: Path) -> None:
        self.vocabulary = {word: number for number, word in enumerate(_words_in(folder))}
        self.encoder = ctranslate2.Encoder(str(folder), compute_type="int8", intra_threads=1)

    def vectors(self, texts: Sequence[str]) -> Any:
        """An array of shape (texts, SIZE), each row of the length 1: the mean over its pieces."""
        rows = [numbers_of(text, self.vocabulary, READ) for text in texts]
        means = []
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            states = numpy.array(self.encoder.forward_batch(some).last_hidden_state)
            means += [states[n, : len(row)].mean(axis=0) for n, row in enumerate(some)]
        return unit(numpy.stack(means))


def load(source: Path, kept: Path) -> Model:
    """The model of these published weights; its own form is kept in that folder.

    Raises ValueError where the weights are not those that were published.
    """
    folder = kept / WEIGHTS[:12]
    if not folder.exists():
        _make(source, folder)
    return Model(folder)


def _make(source: Path, folder: Path) -> None:
    """Write the model in the engine's form; of two that do it at once, one stays."""
    weights = (source / "model.safetensors").read_bytes()
    if hashlib.sha256(weights).hexdigest() != WEIGHTS:
        raise ValueError(f"{source} does not hold the weights of all-MiniLM-L6-v2.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        spec = _specify(_arrays(weights))
        spec.register_vocabulary(_words_in(source))
        spec.config.unk_token, spec.config.layer_norm_epsilon = "[UNK]", 1e-12
        spec.validate()
        spec.optimize(quantization="int8")
        spec.save(str(draft))
        shutil.copy(source / "vocab.txt", draft / "vocab.txt")
        draft.replace(folder)
    except OSError:
        if not folder.exists():  # else another process was first
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _words_in(folder: Path) -> list[str]:
    """The pieces that the model knows, each at its number."""
    return (folder / "vocab.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")


def _arrays(weights: bytes) -> dict[str, Any]:
    """The arrays of a safetensors file: eight bytes of length, a JSON of places, then numbers."""
    start = 8 + int.from_bytes(weights[:8], "little")
    arrays = {}
    for name, place in json.loads(weights[8:start]).items():
        if name != "__metadata__" and place["dtype"] == "F32":
            first, last = (start + offset for offset in place["data_offsets"])
            array = numpy.frombuffer(weights[first:last], dtype="<f4")
            arrays[name] = array.reshape(place["shape"]).copy()
    return arrays


def _specify(arrays: dict[str, Any]) -> Any:
    """The layers of BERT in the engine's words, with these weights."""

    def fill(spec: Any, name: str, weight: str = "weight", bias: str = "bias") -> Any:
        setattr(spec, weight, arrays[f"{name}.weight"])
        setattr(spec, bias, arrays[f"{name}.bias"])
        return spec

    encoder = transformer_spec.TransformerEncoderSpec(
        LAYERS,
        HEADS,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
        num_source_embeddings=2,
        embeddings_merge=common_spec.EmbeddingsMerge.ADD,
    )
    encoder.scale_embeddings = False
    for spec, kind in zip(encoder.embeddings, ("word", "token_type"), strict=True):
        spec.weight = arrays[f"embeddings.{kind}_embeddings.weight"]
    encoder.position_encodings.encodings = arrays["embeddings.position_embeddings.weight"]
    fill(encoder.layernorm_embedding, "embeddings.LayerNorm", "gamma", "beta")
    for number, layer in enumerate(encoder.layer):
        name, attention = f"encoder.layer.{number}", f"encoder.layer.{number}.attention"
        three = [
            fill(common_spec.LinearSpec(), f"{attention}.self.{part}")
            for part in ("query", "key", "value")
        ]
        utils.fuse_linear(layer.self_attention.linear[0], three)
        fill(layer.self_attention.linear[1], f"{attention}.output.dense")
        fill(layer.self_attention.layer_norm, f"{attention}.output.LayerNorm", "gamma", "beta")
        fill(layer.ffn.linear_0, f"{name}.intermediate.dense")
        fill(layer.ffn.linear_1, f"{name}.output.dense")
        fill(layer.ffn.layer_norm, f"{name}.output.LayerNorm", "gamma", "beta")
    return transformer_spec.TransformerEncoderModelSpec(encoder)
