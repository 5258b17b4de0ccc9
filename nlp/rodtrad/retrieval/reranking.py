"""A cross-encoder of the user's own: it reads query and passage together, and orders the best.

Slower by far than all else in a search, so only the best candidates are read, and only where a
model folder is named in the settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from rodtrad.retrieval.encoders.port import EncoderError

READ = 20
"""How many of the best candidates are read."""


class Reranker(Protocol):
    """Says how well passages answer a query."""

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        """One number a passage; the higher, the better."""
        ...


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder in a folder; loaded when first used."""

    def __init__(self, folder: Path) -> None:
        """Remember which model.

        Raises:
            EncoderError: there is no such folder.
        """
        self._folder = folder.expanduser()
        self._turn = Lock()
        if not self._folder.is_dir():
            raise EncoderError(
                f"There is no model folder {folder}; correct [search] reranker in rodtrad.toml."
            )

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        """One number a passage; the higher, the better."""
        if not passages:
            return []
        with self._turn:
            found = self._model.predict(
                [(query, passage) for passage in passages], show_progress_bar=False
            )
        return [float(score) for score in found]

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return CrossEncoder(
                str(self._folder), device="cpu", trust_remote_code=False, num_labels=1
            )
        except (OSError, ValueError) as error:
            raise EncoderError(
                f"The model in {self._folder} cannot be loaded ({error}); correct [search] "
                "reranker in rodtrad.toml."
            ) from error
