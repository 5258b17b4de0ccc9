"""Rödtråd: from government documents to a table of recommendations and the measures that answer.

>>> import rodtrad
>>> corpus = rodtrad.open()                                       # doctest: +SKIP
>>> corpus.search("betänketid", limit=5)                          # doctest: +SKIP
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from rodtrad.pipeline.corpus import Corpus
    from rodtrad.pipeline.display_document import Reading

__version__ = "0.1.0"
__all__ = ["__version__", "open", "read"]


def open(folder: str | Path | None = None, *, as_of: date | None = None) -> Corpus:  # noqa: A001
    """The corpus of a workspace: the one in `folder`, or the nearest one upward from here.

    `as_of` is what counts as today when states and deadlines are told; the day it runs by default.

    Raises:
        WorkspaceError: there is none, or nothing is built there.
    """
    from rodtrad.pipeline.corpus import Corpus

    return Corpus.open(Path(folder) if folder is not None else None, as_of=as_of)


def read(path: str | Path, *, as_of: date | None = None) -> Reading:
    """One document with its sections, passages, entities and statements, outside any workspace.

    Raises:
        UnreadableFileError: the file cannot be read; the sentence says why.
    """
    from rodtrad.pipeline.corpus import read_document

    return read_document(Path(path), as_of=as_of)
