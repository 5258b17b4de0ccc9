"""Speed of the extractors, against spaCy's tokenizer and eyecite in the same run.

Measured only on demand, for a loaded machine tells nothing: RODTRAD_BENCHMARK=1 pytest
tests/benchmark -s. The comparison with eyecite needs that package.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest

from rodtrad.entities import find_in_text, find_references

pytestmark = pytest.mark.skipif(
    os.environ.get("RODTRAD_BENCHMARK") != "1", reason="RODTRAD_BENCHMARK is not 1"
)

ROOT = Path(__file__).parents[2]
ROUNDS = 7
CITATIONS = 400
SWEDISH = (
    "Frågan har behandlats i prop. 2016/17:{n} och bedömningen gjordes att reglerna behövde ses "
    "över innan de ansvariga kunde gå vidare med arbetet. "
)
AMERICAN = (
    "The question was dealt with in Smith v. Jones, {n} U.S. 120 (1990) and it was held that the "
    "rules had to be reviewed before those responsible could go on. "
)


def seconds(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return median(times)


def test_all_types_take_at_most_twice_the_time_of_tokenising() -> None:
    import spacy

    texts = [path.read_text("utf-8") for path in (ROOT / "corpus" / "sources").glob("*/*.txt")]
    nlp = spacy.blank("sv")
    tokens = sum(len(nlp.make_doc(text)) for text in texts)
    tokenising = seconds(lambda: [nlp.make_doc(text) for text in texts])
    extracting = seconds(lambda: [find_in_text(text) for text in texts])
    print(f"\n{tokens / tokenising:.0f} tokens/s tokenised, {tokens / extracting:.0f} extracted")
    assert tokenising / extracting >= 0.5


def test_references_are_no_slower_than_eyecite() -> None:
    eyecite = pytest.importorskip("eyecite", reason="eyecite is not installed")
    ours = "".join(SWEDISH.format(n=n + 1) for n in range(CITATIONS))
    theirs = "".join(AMERICAN.format(n=n + 1) for n in range(CITATIONS))
    assert len(find_references(ours)) == CITATIONS
    assert len(eyecite.get_citations(theirs)) >= CITATIONS
    mine = seconds(lambda: find_references(ours))
    other = seconds(lambda: eyecite.get_citations(theirs))
    print(f"\n{CITATIONS / mine:.0f} citations/s here, {CITATIONS / other:.0f} with eyecite")
    assert mine <= other
