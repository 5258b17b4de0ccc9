"""From judged sources to a fitted link model: how `link-model.json` was made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rodtrad.datamodel import Measure, Span
from rodtrad.errors import UnreadableFileError
from rodtrad.evaluation.trace import TraceItem
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.retrieval.termbank import load_termbank
from rodtrad.tracing.aspects import load_aspects
from rodtrad.tracing.features import MeasureSpace, read_demands
from rodtrad.tracing.training import Judged, judge


def judged_pairs(
    items: Sequence[TraceItem], measures: Sequence[Measure], *, encoder: Encoder
) -> Judged:
    """The features of every pair and what the judges said of it."""
    book = load_aspects()
    space = MeasureSpace(measures, encoder=encoder, book=book, termbank=load_termbank())
    demands = read_demands([i.recommendation() for i in items], encoder=encoder, book=book)
    return judge(
        space.compare(demands),
        measures=[measure.id for measure in measures],
        links=[item.links for item in items],
        doubt=[item.doubt for item in items],
        groups=[item.set for item in items],
    )


def of_another_field(items: Sequence[TraceItem]) -> tuple[TraceItem, ...]:
    """Demands of another field as sources that have no link to the measures they are put to.

    Without such pairs an agency and an action in common passed for a link.
    """
    return tuple(replace(i, set="elsewhere", links={}, doubt=frozenset()) for i in items)


def read_field_measures(path: Path) -> tuple[Measure, ...]:
    """The measures that gold of another field brings with it (id, title, text; no document).

    Raises:
        UnreadableFileError: the file is missing or holds no measures.
    """
    try:
        entries = json.loads(path.read_text("utf-8"))["measures"]
        return tuple(_measure(path.stem, e["id"], e["title"], e["text"]) for e in entries)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableFileError(f"{path}: not gold of a field ({error})") from error


def _measure(document: str, key: str, title: str, text: str) -> Measure:
    nowhere = Span(0, 1)
    return Measure(
        id=key,
        document=document,
        title=title,
        type="uppdrag",
        state="okänd",
        agencies=(),
        other_agencies=(),
        deadlines=(),
        dnr=(),
        other_dnr=(),
        refs=(),
        amounts=(),
        text=text,
        at=nowhere,
        span=nowhere,
        section=(),
    )
