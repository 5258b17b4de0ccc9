"""Fine-tuning the workspace's encoder on confirmed links, measured on links held out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from rodtrad import __version__
from rodtrad.datamodel import Measure
from rodtrad.errors import UsageError
from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.records import measures_as_of
from rodtrad.pipeline.reviewjob import read_reviews
from rodtrad.pipeline.store import read_manifest
from rodtrad.retrieval.encoders.opening import named_encoder
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.retrieval.encoders.training import Course, TextPair, fine_tune, require_trainable
from rodtrad.workspace import Workspace

Record = dict[str, Any]
FEWEST = 20
RECORD = "rodtrad-training.json"
_HELD_OUT = 4  # one demand in so many


@dataclass(frozen=True, slots=True)
class Confirmed:
    """An accepted link: the demand's id and words, which measure, and all measures to choose from.

    `choices` are the texts of the target document's measures; `right` is a place in it.
    """

    start: str
    demand: str
    right: int
    choices: tuple[str, ...]

    @property
    def is_held_out(self) -> bool:
        """Whether it is measured, not learnt: one demand in four, by a digest of its words."""
        digest = blake2b(self.demand.encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % _HELD_OUT == 0

    @property
    def pair(self) -> TextPair:
        """The demand and the measure that answers it."""
        return TextPair(self.demand, self.choices[self.right])


def train(
    workspace: Workspace,
    folder: Path,
    *,
    course: Course,
    progress: Callable[[str, int, int], None],
) -> Record:
    """Write to a folder the workspace's encoder after it has learnt its confirmed links.

    Returns:
        what was measured before and after; the folder holds it too. Settings are left as they are:
        only when the folder is named in them are vectors made with it, all anew.

    Raises:
        UsageError: the encoder cannot be trained, the folder is not empty, or links are too few.
        EncoderError: the model cannot be loaded.
    """
    settings = workspace.settings.encoder
    require_trainable(settings, folder)
    links = confirmed_links(workspace)
    learnt = [one for one in links if not one.is_held_out]
    held_out = [one for one in links if one.is_held_out]
    if len(links) < FEWEST or not held_out or len(learnt) <= 1:
        raise UsageError(
            f"{len(links)} confirmed links; training needs {FEWEST}, of several demands. Accept "
            "more with `rodtrad review`."
        )
    before = named_encoder(settings)
    base = {"model": before.name, "revision": before.revision}
    figures_before = ranking(before, held_out)
    fine_tune(
        settings,
        [one.pair for one in learnt],
        folder,
        course=course,
        progress=lambda done, total: progress("tränar", done, total),
    )
    after = named_encoder(replace(settings, model=str(folder), revision=None))
    figures_after = ranking(after, held_out)
    record = {
        "base": base,
        "folder": str(folder),
        "learnt": len(learnt),
        "held_out": len(held_out),
        **{f"{name}_before": value for name, value in figures_before.items()},
        **{f"{name}_after": value for name, value in figures_after.items()},
    }
    _write(folder, record | {"epochs": course.epochs, "rate": course.rate, "seed": course.seed})
    # The digest of the whole folder, this record included, is the revision vectors are kept under.
    trained = named_encoder(replace(settings, model=str(folder), revision=None))
    return record | {"revision": trained.revision}


def _write(folder: Path, record: Record) -> None:
    text = json.dumps(record | {"version": __version__}, ensure_ascii=False, indent=1)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")


def ranking(encoder: Encoder, links: Sequence[Confirmed]) -> dict[str, float]:
    """How high the right measures come among all of their document, by the encoder alone.

    `first` is the share that come first, `mrr` the mean of one through the place.
    """
    texts = list(dict.fromkeys(text for one in links for text in one.choices))
    places = {text: place for place, text in enumerate(texts)}
    passages = encoder.encode_passages(texts)
    queries = encoder.encode_queries([one.demand for one in links])
    found = []
    for one, query in zip(links, queries, strict=True):
        scores = passages[[places[text] for text in one.choices]] @ query
        found.append(1 + int((scores > scores[one.right]).sum()))
    ranks = np.asarray(found)
    return {"first": float((ranks == 1).mean()), "mrr": float((1 / ranks).mean())}


def confirmed_links(workspace: Workspace) -> list[Confirmed]:
    """The accepted links of the workspace that are in force, in the order of their ids.

    Where people differ the latest decision counts. Links to documents that are not built are left
    out, as are "no answer" decisions.
    """
    decided: dict[tuple[str, str], bool] = {}
    for verdict in read_reviews(workspace).verdicts:
        start, end = verdict.pair
        if end is not None and verdict.standing == "in force":
            decided[start, end] = verdict.accepts
    manifest = read_manifest(workspace)
    built = {d.id for d in manifest.documents if d.artefact} if manifest else set()
    accepted = sorted(pair for pair, accepts in decided.items() if accepts)
    names = {end.partition("#")[0] for pair in accepted for end in pair} & built
    loaded = {d.document.id: d for d in load_documents(sorted(names), workspace)}
    demands = {f"{r.document}#{r.id}": r.text for d in loaded.values() for r in d.recommendations}
    measures = {name: measures_as_of(d, as_of=date.max) for name, d in loaded.items()}
    found = []
    for start, end in accepted:
        target, _, wanted = end.partition("#")
        options = measures.get(target, ())
        right = next((n for n, one in enumerate(options) if one.id == wanted), None)
        if right is not None and start in demands:
            choices = tuple(measure_text(one) for one in options)
            found.append(Confirmed(start, demands[start], right, choices))
    return found


def measure_text(measure: Measure) -> str:
    """A measure's heading and sentences."""
    return " ".join([f"{measure.title.rstrip('.')}.", *(s.text for s in measure.sentences)])
