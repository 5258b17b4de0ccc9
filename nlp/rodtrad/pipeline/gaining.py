"""Gains and losses of the extractors against the last release, on the corpus and on real pages."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.entities import find_mentions
from rodtrad.errors import UnreadableFileError
from rodtrad.evaluation.figures import Figure
from rodtrad.evaluation.gains import (
    Change,
    Found,
    compare_found,
    find_on_page,
    gain_figures,
    kept,
    read_snapshot,
)
from rodtrad.pipeline.loading import load_documents
from rodtrad.workspace import Workspace

CORPUS_SNAPSHOT = "entities-corpus.jsonl"
PAGES_SNAPSHOT = "entities-pages.jsonl"


@dataclass(frozen=True)
class Gains:
    """The differences, counts of them per type, and why a part was left out."""

    changes: tuple[Change, ...]
    figures: tuple[Figure, ...]
    skipped: str | None = None


def find_gains(workspace: Workspace, snapshots: Path, pages: Path | None = None) -> Gains:
    """What the extractors find or lose now against the snapshots in a folder.

    `pages` is the file of real pages (JSON Lines with `id`, `kind`, `published`, `text`, also
    gzipped) that the page sample names by id; without it that part is skipped, with the reason.

    Raises:
        UsageError: a snapshot is missing or damaged, or a document of it is not in the workspace.
        UnreadableFileError: the file of pages cannot be read.
    """
    before = read_snapshot(snapshots / CORPUS_SNAPSHOT)
    now = {name: find_in_document(load_documents([name], workspace)[0]) for name in before}
    changes, figures = _compared("corpus", before, now)
    if pages is None:
        return Gains(changes, figures, "page sample skipped: name the file of pages with --pages")
    before = read_snapshot(snapshots / PAGES_SNAPSHOT)
    now = {page["id"]: find_on_page(page) for page in read_pages(pages) if page["id"] in before}
    if not now:
        return Gains(changes, figures, f"page sample skipped: {pages} holds none of its pages")
    held = {name: found for name, found in before.items() if name in now}
    more, counts = _compared("pages", held, now)
    return Gains(changes + more, figures + counts)


def _compared(
    split: str, before: Mapping[str, Found], now: Mapping[str, Found]
) -> tuple[tuple[Change, ...], tuple[Figure, ...]]:
    changes = [change for name in before for change in compare_found(name, before[name], now[name])]
    total = Counter(kind for found in now.values() for kind, _, _ in found)
    return tuple(changes), tuple(gain_figures(split, changes, total))


def find_in_document(found: AnnotatedDocument) -> Found:
    """What the extractors find now in a document of the index, read anew, not as kept there."""
    mentions = find_mentions(found.document, found.sections)
    return kept((mention, mention.surface, mention.span.start) for mention in mentions)


def read_pages(path: Path) -> Iterator[Mapping[str, str]]:
    """The pages of a JSON Lines file, gzipped or not.

    Raises:
        UnreadableFileError: the file is missing or holds something else.
    """
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, ValueError, EOFError, zlib.error) as error:
        raise UnreadableFileError(f"{path}: cannot be read as pages ({error}).") from error


def sample_of(pages: Sequence[Mapping[str, str]], size: int) -> list[Mapping[str, str]]:
    """A fixed sample: the pages whose id has the lowest checksum, whatever their order."""
    return sorted(pages, key=lambda page: (zlib.crc32(page["id"].encode()), page["id"]))[:size]
