"""A collection on the server, open for questions."""

from __future__ import annotations

from pathlib import Path

from rodtrad.backends.postgres.link import Link
from rodtrad.backends.postgres.reading import ServerPassages, ServerVectors, ServerWords
from rodtrad.backends.postgres.schema import schema_in_force
from rodtrad.errors import ServerError
from rodtrad.retrieval.index import SearchIndex
from rodtrad.retrieval.reranking import Reranker
from rodtrad.retrieval.termbank import TermBank
from rodtrad.workspace import write_atomically


def open_collection(link: Link, collection: str) -> str:
    """Let a link mean the generation that is in force; returns its schema.

    Raises:
        ServerError: the server cannot be reached, or holds no such collection.
    """
    schema = schema_in_force(link, collection)
    if schema is None:
        raise ServerError(f"the search server holds no {collection}; run 'rodtrad push'.")
    link.use(schema)
    return schema


def server_index(
    link: Link,
    schema: str,
    *,
    cache: Path,
    bank: TermBank | None = None,
    reranker: Reranker | None = None,
) -> SearchIndex:
    """The search index of a generation; what it knows of words is kept in the cache folder."""
    from rodtrad.retrieval.wordstore import WordStore

    words = WordStore.open(fetched_folder(link, cache / "server" / schema))
    parts = ServerPassages(link), ServerWords(link), ServerVectors(link)
    return SearchIndex(*parts, words, bank=bank, reranker=reranker)


def fetched_folder(link: Link, cache: Path) -> Path:
    """A folder with the files that the documents of a generation share; fetched when they change.

    Raises:
        ServerError: there are none.
    """
    rows = link.rows("SELECT DISTINCT name, digest FROM files ORDER BY name")
    if not rows:
        raise ServerError("the search server's collection is not complete; run 'rodtrad push'.")
    folder = cache / "-".join(digest[:12] for _, digest in rows)
    for name, _ in rows:
        path = folder / Path(name).name
        if not path.is_file():
            pieces = link.rows("SELECT data FROM files WHERE name = %s ORDER BY place", (name,))
            write_atomically(path, b"".join(bytes(piece) for (piece,) in pieces))
    return folder


def source_text(link: Link, document: str) -> str:
    """The source text of a document; empty where there is no such document."""
    rows = link.rows("SELECT source FROM documents WHERE id = %s", (document,))
    return bytes(rows[0][0]).decode("utf-8", "surrogatepass") if rows else ""
