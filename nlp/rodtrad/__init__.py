"""Rödtråd: from government documents to a table of recommendations and the measures that answer.

>>> import rodtrad
>>> corpus = rodtrad.open()                                       # doctest: +SKIP
>>> corpus.search("betänketid", limit=5)                          # doctest: +SKIP
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rodtrad.datamodel import AnnotatedDocument
    from rodtrad.pipeline.corpus import Corpus

__version__ = "0.1.0"
__all__ = ["__version__", "open", "read"]


def open(folder: str | Path | None = None) -> Corpus:  # noqa: A001 - the agreed public verb
    """The corpus of a workspace: the one in `folder`, or the nearest one upward from here.

    Raises:
        WorkspaceError: there is none, or nothing is built there.
    """
    from rodtrad.pipeline.corpus import Corpus

    return Corpus.open(Path(folder) if folder is not None else None)


def read(path: str | Path) -> AnnotatedDocument:
    """One document with its sections, passages, entities and statements, outside any workspace.

    Raises:
        UnreadableFileError: the file cannot be read; the sentence says why.
    """
    from rodtrad.pipeline.loading import load_documents

    (document,) = load_documents([str(path)], None)
    return document
