"""Any sentence-transformers model, by folder or name."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from rodtrad.retrieval.encoders.encodable import encodable
from rodtrad.retrieval.encoders.port import EncoderError, Progress, Vectors, checked
from rodtrad.retrieval.encoders.process import refuse_forked
from rodtrad.settings import EncoderSettings

BATCH = 32


class SentenceTransformerEncoder:
    """The user's own model; loaded when first used, since that takes seconds.

    Pooling and normalisation are the model's own (vectors are scaled to length 1 if it does not),
    the prefixes those of the settings. Texts are padded to the longest of their batch, so the last
    digits of a vector (1e-6) depend on what it is encoded with.
    """

    def __init__(self, settings: EncoderSettings) -> None:
        """Remember which model.

        Raises:
            EncoderError: the settings name a folder that does not exist.
        """
        self._settings = settings
        self._folder = Path(settings.model).expanduser()
        if _is_path(settings.model) and not self._folder.is_dir():
            raise EncoderError(
                f"There is no model folder {settings.model}; correct [encoder] model in "
                "rodtrad.toml."
            )
        self.name = settings.model

    @cached_property
    def revision(self) -> str:
        """The folder's digest or the model's commit, and the prefixes."""
        prefixes = f"{self._settings.query_prefix}|{self._settings.passage_prefix}"
        return f"{self._version()};{prefixes}"

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        model = self._loaded[0]
        named = getattr(model, "get_embedding_dimension", None)  # since version 5
        return int(named() if named else model.get_sentence_embedding_dimension())

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector a query."""
        return self._encode(texts, prefix=self._settings.query_prefix, progress=None)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """One vector a passage; beyond the model's own limit of tokens a text is cut."""
        return self._encode(texts, prefix=self._settings.passage_prefix, progress=progress)

    def _encode(self, texts: Sequence[str], *, prefix: str, progress: Progress | None) -> Vectors:
        model, owner = self._loaded
        refuse_forked(owner)
        parts = [np.empty((0, self.dimensions), dtype=np.float32)]
        for start in range(0, len(texts), BATCH):
            batch = [prefix + encodable(text) for text in texts[start : start + BATCH]]
            vectors = model.encode(
                batch, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
            parts.append(checked(vectors.astype(np.float32), count=len(batch), name=self.name))
            if progress is not None:
                progress(start + len(batch), len(texts))
        return np.concatenate(parts)

    @cached_property
    def _loaded(self) -> tuple[Any, int]:
        """The model and the process that loaded it."""
        return load_model(self._settings), os.getpid()

    def _version(self) -> str:
        if self._folder.is_dir():
            return _folder_digest(self._folder)
        config = getattr(self._loaded[0][0], "auto_model", None)
        commit = getattr(getattr(config, "config", None), "_commit_hash", None)
        return self._settings.revision or commit or "unknown"


def load_model(settings: EncoderSettings) -> Any:
    """The sentence-transformers model of some settings.

    Raises:
        EncoderError: there is none.
    """
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call] # ours counts texts; theirs would count tensors
    try:
        return SentenceTransformer(
            settings.model, revision=settings.revision, device="cpu", trust_remote_code=False
        )
    except (OSError, ValueError) as error:
        raise EncoderError(
            f"The model {settings.model} is no folder here and could not be fetched; connect once "
            "to download it, or name a folder in rodtrad.toml ([encoder] model)."
        ) from error


def _is_path(model: str) -> bool:
    """A name of the hub is `name` or `owner/name`; anything else is a path."""
    return model.startswith((".", "/", "~")) or model.count("/") > 1 or "\\" in model


def _folder_digest(folder: Path) -> str:
    """One digest of all files' names and bytes."""
    whole = hashlib.blake2b(digest_size=8)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "blake2b").hexdigest()
        whole.update(f"{path.relative_to(folder).as_posix()}\x1f{digest}\x1e".encode())
    return whole.hexdigest()
