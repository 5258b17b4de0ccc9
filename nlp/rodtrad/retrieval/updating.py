"""One document changed: the index with only that document's passages done again."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rodtrad.datamodel import Passage
from rodtrad.errors import WorkspaceError
from rodtrad.retrieval.analysers import LEXICAL_FOLDER, Analysers
from rodtrad.retrieval.building import (
    encoded_text,
    lexical_passages,
    swedish_texts,
    with_flags,
)
from rodtrad.retrieval.dense import DenseIndex, VectorSpace
from rodtrad.retrieval.encoders.port import Encoder, Progress
from rodtrad.retrieval.hits import DocumentInfo, PassageFacts
from rodtrad.retrieval.lexical import LexicalIndex
from rodtrad.retrieval.store import PassageStore, StoredPassage
from rodtrad.retrieval.wordstore import WordStore

GROWTH = 0.25
"""What share of an index may change before its frequencies and mean vector are made anew."""


def update_search_index(
    folder: Path,
    *,
    added: Sequence[Passage],
    removed: Iterable[str],
    encoder: Encoder,
    documents_info: Mapping[str, DocumentInfo],
    facts: Mapping[str, PassageFacts] | None = None,
    progress: Progress | None = None,
) -> int:
    """Take the passages with the keys `removed` out of an index and put `added` in.

    The folder is changed in place: give it a copy (`copy_search_index`) where others read it.
    `documents_info` are all documents of the index afterwards; `facts` are by passage key. Word
    frequencies, by which compounds are split, and the mean vector stay those of the build: a share
    above `GROWTH` (see `is_small_change`) calls for a new build. Returns how many passages there
    are now. A passage that is already there under its key is left as it is.

    Raises:
        WorkspaceError: the folder holds no index of this version, or vectors of another model.
    """
    dense = DenseIndex.open(folder)
    dense.require(VectorSpace(encoder.name, encoder.revision, encoder.dimensions))
    store = PassageStore.open(folder, for_change=True)
    lexical = LexicalIndex.open(folder / LEXICAL_FOLDER)
    gone = store.delete(list(removed))
    store.replace_documents(documents_info.values())
    fresh = list(_fresh(store, added, facts or {}))
    store.add_passages(fresh)
    texts = [encoded_text(s.passage, documents_info.get(s.passage.document)) for s in fresh]
    vectors = encoder.encode_passages(texts, progress=progress)
    store.commit()
    lexical.delete(gone)
    words = WordStore.open(folder, for_change=True)
    analysers = Analysers.of_index(words)
    lexical.add(lexical_passages(fresh, documents_info, analysers))
    words.add_seen(analysers("sv").taken_apart(swedish_texts(fresh)))
    words.close()
    dense.delete(gone)
    dense.add([one.id for one in fresh], vectors)
    dense.save(folder)
    store.close()
    return dense.size


def copy_search_index(source: Path, target: Path) -> None:
    """A copy of an index that may be changed; readers of the source are not disturbed.

    The engine never changes its files of words, it writes new ones: they are linked, not copied,
    where the file system can.

    Raises:
        WorkspaceError: the source cannot be read.
    """
    try:
        shutil.copytree(source, target, copy_function=_link_or_copy)
    except (OSError, shutil.Error) as error:
        raise WorkspaceError(
            f"{source}: cannot be copied ({error}); run `rodtrad build`."
        ) from error


def _link_or_copy(source: str, target: str) -> None:
    path = Path(source)
    if path.parent.name == LEXICAL_FOLDER and path.suffix not in (".json", ".lock"):
        try:
            Path(target).hardlink_to(path)
            return
        except OSError:  # another file system, or one without links
            pass
    shutil.copy2(source, target)


def indexed_keys(folder: Path) -> dict[str, str]:
    """The document of each passage of an index, by the passage's key."""
    store = PassageStore.open(folder)
    found = store.documents_of_keys()
    store.close()
    return found


def is_small_change(changed: int, size: int) -> bool:
    """Whether so many added and removed passages leave the index's statistics as they are."""
    return changed <= GROWTH * size


def _fresh(
    store: PassageStore, added: Sequence[Passage], facts: Mapping[str, PassageFacts]
) -> Iterable[StoredPassage]:
    known = set(store.numbers([passage.key for passage in added]))
    number = store.next_number()
    for passage in added:
        if passage.key not in known:
            known.add(passage.key)
            found = facts.get(passage.key, PassageFacts())
            yield StoredPassage(number, with_flags(passage), found)
            number += 1
