"""A workspace of real pages for measuring: `python tests/benchmark/pages_workspace.py FILE DIR`.

FILE holds one JSON object a line, gzipped (id, kind, published, title, text); each becomes a
Markdown file under DIR/corpus/sources/KIND with an entry in the catalogue. `--count N` takes an
even sample. The pages stay outside the project: DIR should be a temporary folder.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from rodtrad.ingest.catalogue import CatalogueEntry, append_entries, slug
from rodtrad.workspace import Workspace, init_workspace


def pages(path: Path) -> list[dict[str, str]]:
    """All pages of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def make_workspace(source: Path, folder: Path, *, count: int | None = None) -> Workspace:
    """Write the pages, or an even sample of so many, into a new workspace."""
    found = pages(source)
    wanted = len(found) if count is None else min(count, len(found))
    chosen = [found[i * len(found) // wanted] for i in range(wanted)]
    workspace = init_workspace(folder)
    append_entries(workspace, written(chosen, workspace))
    return workspace


def written(chosen: list[dict[str, str]], workspace: Workspace) -> Iterator[CatalogueEntry]:
    """The entries of the pages, each of which is written to its file."""
    for number, page in enumerate(chosen):
        name = f"{slug(Path(page['id']).name)[:80]}-{number}"
        path = workspace.corpus / "sources" / page["kind"] / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page["text"], encoding="utf-8")
        values = {"kind": page["kind"], "title": page["title"], "date": page["published"]}
        yield CatalogueEntry(name, path, {key: value for key, value in values.items() if value})


def main() -> None:
    """Read the options, write the workspace, say how much it holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int)
    options = parser.parse_args()
    workspace = make_workspace(options.source, options.folder, count=options.count)
    files = list((workspace.corpus / "sources").rglob("*.md"))
    print(f"{workspace.root}: {len(files)} documents, {sum(f.stat().st_size for f in files)} bytes")


if __name__ == "__main__":
    main()
