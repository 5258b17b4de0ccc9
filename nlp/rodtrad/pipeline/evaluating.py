"""Measure every task on its gold, with plain baselines beside the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from rodtrad.errors import UsageError
from rodtrad.evaluation.entities import (
    EntityScore,
    baseline_mentions,
    entity_figures,
    evaluate_entities,
    evaluate_places,
)
from rodtrad.evaluation.figures import Figure
from rodtrad.evaluation.pipelines import installed_pipelines, pipeline_mentions
from rodtrad.evaluation.search import compare, read_queries
from rodtrad.evaluation.statements import FieldScore, read_gold, score_measures
from rodtrad.pipeline.evaluatingstatements import statement_figures
from rodtrad.pipeline.loading import load_all, load_documents
from rodtrad.pipeline.records import measures_as_of
from rodtrad.pipeline.searchjob import encoder_for, open_search
from rodtrad.pipeline.store import required_manifest
from rodtrad.pipeline.tracegold import judged_figures, judged_traces
from rodtrad.workspace import Workspace

Progress = Callable[[str, int, int], None]
MEASURES_GOLD = "measures-*.json"


def evaluate_all(
    workspace: Workspace, gold: Path, *, tasks: Sequence[str], progress: Progress
) -> list[Figure]:
    """Figures of the named tasks: entities, measures, recommendations, stances, search, trace.

    Without names all are measured; a folder may then hold no annotated replies and reports.

    Raises:
        UsageError: the folder holds no gold for a task.
    """
    figures: list[Figure] = []
    named = bool(tasks)
    for number, task in enumerate(tasks or TASKS, 1):
        found = list(TASKS[task](workspace, gold))
        if not found and (named or task not in OPTIONAL):
            raise UsageError(f"{gold}: holds no gold for {task}; name its folder with --gold.")
        figures += found
        progress("mäter", number, len(tasks or TASKS))
    return figures


def _measures(workspace: Workspace, gold: Path) -> Iterator[Figure]:
    for path in sorted(gold.glob(MEASURES_GOLD)):
        document = path.stem.removeprefix("measures-")
        records = read_gold(path)
        (found,) = load_documents([document], workspace)
        judged = {str(record["id"]) for record in records}
        measures = measures_as_of(found, as_of=date.max)
        inside = [measure for measure in measures if measure.id in judged]
        for score in score_measures(records, inside):
            yield from _field_figures("measures", document, score)


def _field_figures(task: str, split: str, score: FieldScore) -> Iterator[Figure]:
    yield Figure(task, split, f"{score.field}: F1", score.f1, score.wanted)
    yield Figure(task, split, f"{score.field}: wholly right", score.exact, score.items)


def _entities(workspace: Workspace, gold: Path) -> Iterator[Figure]:
    total: dict[str, EntityScore] = {}
    plain: dict[str, EntityScore] = {}
    for path in sorted((gold / "entities").glob("*.jsonl")):
        (found,) = load_documents([path.stem], workspace)
        _add(total, evaluate_entities(found.entities, path))
        _add(plain, evaluate_entities(baseline_mentions(found.document.source), path))
    yield from entity_figures(total, plain, split="development")
    for name in installed_pipelines():
        yield from _pipeline_figures(workspace, gold, name)


def _pipeline_figures(workspace: Workspace, gold: Path, name: str) -> Iterator[Figure]:
    """What an installed trained pipeline reaches by place; its labels carry no values."""
    import spacy

    nlp, total = spacy.load(name), dict[str, EntityScore]()
    for path in sorted((gold / "entities").glob("*.jsonl")):
        (found,) = load_documents([path.stem], workspace)
        _add(total, evaluate_places(pipeline_mentions(found.document.source, nlp), path))
    for kind, score in total.items():
        yield Figure("entities", name, f"{kind} f1", score.f1, score.found + score.missed)


def _add(total: dict[str, EntityScore], scores: Mapping[str, EntityScore]) -> None:
    for kind, score in scores.items():
        total[kind] = total[kind] + score if kind in total else score


def _search(workspace: Workspace, gold: Path) -> Iterator[Figure]:
    path = gold.parent / "relevance" / "queries.toml"
    if not path.is_file():
        return
    manifest = required_manifest(workspace)
    passages = [p for found in load_all(workspace) for p in found.passages]
    held = {d.id for d in manifest.documents}
    queries = [q for q in read_queries(path) if all(j.document in held for j in q.judgements)]
    measured = compare(open_search(workspace, manifest), encoder_for(workspace), queries, passages)
    best: dict[tuple[str, str], float] = {}
    for one in measured:
        if one.ranker != "mixed":
            key = (one.queries, one.metric)
            best[key] = max(one.value, best.get(key, 0.0))
    for one in measured:
        note = f"95 %: {one.low:.2f}–{one.high:.2f}"
        beside = best[one.queries, one.metric] if one.ranker == "mixed" else None
        name = f"{one.ranker} {one.metric}"
        yield Figure("search", one.queries, name, one.value, one.n, beside, note)


def _trace(workspace: Workspace, gold: Path) -> Iterator[Figure]:
    return judged_figures(judged_traces(workspace, gold))


def _recommendations(_: Workspace, gold: Path) -> Iterator[Figure]:
    return statement_figures(gold, "recommendations")


def _stances(_: Workspace, gold: Path) -> Iterator[Figure]:
    return statement_figures(gold, "stances")


OPTIONAL = frozenset({"recommendations", "stances"})
TASKS: dict[str, Callable[[Workspace, Path], Iterator[Figure]]] = {
    "entities": _entities,
    "measures": _measures,
    "recommendations": _recommendations,
    "stances": _stances,
    "search": _search,
    "trace": _trace,
}
