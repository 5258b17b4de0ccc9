"""Trace figures on judged sources of our own, with baselines, and that all gold is whole."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pytest

from rodtrad.datamodel import Candidate, Evidence, Measure, Recommendation, TraceLine
from rodtrad.errors import UnreadableFileError, UsageError
from rodtrad.evaluation.figures import Figure
from rodtrad.evaluation.metrics import reliability
from rodtrad.evaluation.reliability import save_reliability
from rodtrad.evaluation.trace import TraceItem, read_trace_gold, trace_figures
from rodtrad.evaluation.tracebaselines import baseline_scores
from rodtrad.pipeline.tracegold import judged_figures, judged_traces, reliability_bins
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.tracing import Means, trace
from rodtrad.workspace import open_workspace

GOLD = Path(__file__).parents[1] / "gold"


@pytest.mark.parametrize("path", sorted(GOLD.glob("trace*/*.json")), ids=lambda p: p.stem)
def test_gold_is_whole(path: Path) -> None:
    items = read_trace_gold(path)
    assert len({item.id for item in items}) == len(items) > 10
    for item in items:
        assert item.text
        assert item.links.keys().isdisjoint(item.doubt)
        assert set(item.links.values()) <= {1, 2}
        assert (item.status == "gap") == item.gap


def test_gold_of_a_field_names_only_its_own_measures() -> None:
    for path in GOLD.glob("trace*/field-*.json"):
        known = {measure["id"] for measure in json.loads(path.read_text("utf-8"))["measures"]}
        for item in read_trace_gold(path):
            assert item.links.keys() <= known


def test_figures_of_a_trace(
    demand: Recommendation, measures: Sequence[Measure], encoder: Encoder, tmp_path: Path
) -> None:
    gold = tmp_path / "links-plan.json"
    entries = [
        {"id": "a", "lang": "sv", "text": demand.text, "links": {"plan:4.2": 2}},
        {"id": "b", "lang": "sv", "text": "En riktlinje om betänketid bör tas fram.", "links": {}},
    ]
    common = {"set": "s", "status": "x", "doubt": ["plan:4.3"]}
    gold.write_text(json.dumps([{**entry, **common} for entry in entries]))
    items = read_trace_gold(gold)
    lines = trace([item.recommendation() for item in items], measures, means=Means(encoder))
    baselines = baseline_scores([item.text for item in items], measures, encoder=encoder)
    figures = list(trace_figures(items, lines, baselines=baselines))
    found = {f.metric: f for f in figures if f.split == "all"}
    assert found["MAP"].value == 1.0
    assert found["MAP"].n == 1
    assert set(baselines) == {"TF-IDF", "TF-IDF char_wb", "BM25", "encoder"}
    assert all(sorted(row) == sorted(m.id for m in measures) for row in baselines["BM25"])
    assert found["ECE"].n == 6
    assert {f.split for f in figures} == {"all", "split:given", "set:s", "language:sv"}


def _source(name: str, *links: str, doubt: str = "") -> TraceItem:
    return TraceItem(
        name, "s", "sv", "Något.", "x", dict.fromkeys(links, 1), frozenset(doubt), "given"
    )


def _line(name: str, status: Literal["partly", "gap"], **chances: float) -> TraceLine:
    """A line whose candidates of 0.5 and more are accepted."""
    nowhere = Evidence("d", None, None, None, None, ())
    candidates = [
        Candidate(measure, "d", chance, 1, False, chance >= 0.5, (), nowhere, nowhere)
        for measure, chance in chances.items()
    ]
    return TraceLine(name, "d", "Något.", None, status, tuple(candidates))


ITEMS = [_source("a", "x"), _source("b", "y", doubt="z"), _source("c")]
PLAIN = [{"z": 0.9, "x": 0.3, "y": 0.2}, {"z": 0.8, "y": 0.7, "x": 0.1}, {"x": 0.6, "y": 0.5}]


def _figures(lines: Sequence[TraceLine]) -> dict[str, Figure]:
    figures = trace_figures(ITEMS, lines, baselines={"plain": PLAIN, "worse": [{}] * len(ITEMS)})
    return {figure.metric: figure for figure in figures if figure.split == "all"}


def test_every_figure_of_decisions_has_an_interval_and_the_plain_rankers_beside() -> None:
    found = _figures(
        [
            _line("a", "partly", x=0.9, y=0.1),
            _line("b", "partly", z=0.9, x=0.6, y=0.4),
            _line("c", "gap", x=0.1, y=0.1),
        ]
    )
    told = {name: (f.value, f.n, f.baseline) for name, f in found.items() if name[0].islower()}
    assert told == {
        "recall@10": (1.0, 2, 1.0),
        "accepted: precision": (0.5, 2, 0.5),  # z of b is doubtful; plain shows z of a, y of b
        "accepted: recall": (0.5, 2, 0.5),
        "accepted: F0.5": (0.5, 2, 0.5),
        "candidates: precision": (2 / 6, 6, 2 / 7),
        "candidates: recall": (1.0, 2, 1.0),
        "candidates: F2": (10 / 14, 2, 10 / 15),
        "gap: F1": (1.0, 1, 1.0),  # plain: c, whose best score is lowest
    }
    assert all(figure.note.startswith("95 %: ") for figure in found.values())
    assert found["accepted: precision"].note == (
        "95 %: 0.00–1.00; as many shown: plain 0.50, worse 0.00"
    )
    assert found["gap: F1"].note.endswith("1 of 1 declared, 1 wanted")
    assert found["ECE"].baseline is None


def test_a_share_of_nothing_has_no_value() -> None:
    found = _figures([_line(item.id, "partly", x=0.1, y=0.1) for item in ITEMS])
    figure = found["accepted: precision"]
    assert (figure.value, figure.n, figure.baseline) == (None, 0, None)
    assert figure.record()["value"] is None
    assert figure.note == "nothing to judge"
    assert (found["accepted: recall"].value, found["gap: F1"].value) == (0.0, 0.0)


def test_gold_of_fields_and_of_the_plan_is_traced_and_pooled(demo: Path, tmp_path: Path) -> None:
    for folder in ("trace", "trace-own"):
        (tmp_path / folder).mkdir()
        entry = {"id": folder, "lang": "sv", "text": "Fler domare bör utbildas.", "set": "s"}
        entry |= {"status": "partly"}
        links = {"links": {"plan2026:4.3.10": 1}, "doubt": []}
        (tmp_path / folder / "links-plan-2026-2028.json").write_text(json.dumps([entry | links]))
    wish = {"id": "w", "lang": "sv", "text": "Rent vatten behövs.", "set": "w", "status": "gap"}
    field = {
        "measures": [{"id": "a", "title": "Uppdrag om vatten", "text": "Vatten ska renas."}],
        "sources": [wish | {"links": {}, "doubt": []}],
    }
    (tmp_path / "trace-own" / "heldout-vatten.json").write_text(json.dumps(field))
    traces = judged_traces(open_workspace(demo), tmp_path)
    assert [one.name for one in traces] == ["trace", "trace-own", "plan", "heldout-vatten"]
    splits = {figure.split for figure in judged_figures(traces)}
    assert {"all", "trace-own: all", "plan: language:sv", "heldout-vatten: all"} <= splits
    assert sum(one.n for one in reliability_bins(traces)) == 40 + 40 + 1


def test_the_reliability_picture_says_its_numbers(tmp_path: Path) -> None:
    bins = reliability([0.05, 0.95, 0.9], [False, True, False])
    for ending in (".svg", ".html"):
        path = tmp_path / f"picture{ending}"
        save_reliability(path, bins, title="Spårning & mer")
        written = path.read_text("utf-8")
        assert "Spårning &amp; mer" in written
        assert written.count("<circle") == len(bins) == 2
        assert "0.50 (2)" in written
    with pytest.raises(UsageError, match=r"\.svg or \.html"):
        save_reliability(tmp_path / "picture.png", bins, title="x")


def test_other_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('[{"id": 1}]')
    with pytest.raises(UnreadableFileError, match=r"x\.json"):
        read_trace_gold(path)
