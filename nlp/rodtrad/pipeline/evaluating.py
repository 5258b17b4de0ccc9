"""Measure every task on its gold, with plain baselines beside the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from rodtrad.errors import UsageError
from rodtrad.evaluation.figures import Figure
from rodtrad.evaluation.statements import FieldScore, read_gold, score_measures
from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.records import measures_as_of
from rodtrad.workspace import Workspace

Progress = Callable[[str, int, int], None]
MEASURES_GOLD = "measures-*.json"
RELEVANCE = Path("tests") / "relevance" / "queries.toml"


def evaluate_all(
    workspace: Workspace, gold: Path, *, tasks: Sequence[str], progress: Progress
) -> list[Figure]:
    """Figures of the named tasks: entities, measures, search, trace.

    Raises:
        UsageError: the folder holds no gold for a task.
    """
    figures: list[Figure] = []
    for number, task in enumerate(tasks, 1):
        found = list(TASKS[task](workspace, gold))
        if not found:
            raise UsageError(f"{gold}: holds no gold for {task}; name its folder with --gold.")
        figures += found
        progress("mäter", number, len(tasks))
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


TASKS: dict[str, Callable[[Workspace, Path], Iterator[Figure]]] = {"measures": _measures}
