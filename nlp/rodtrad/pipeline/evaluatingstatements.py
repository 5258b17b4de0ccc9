"""Measure stances and demands on the annotated replies and reports of the gold."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from rodtrad.evaluation.figures import Figure
from rodtrad.evaluation.statements import (
    NO_QUOTES,
    QuoteScore,
    Record,
    plain_recommendations,
    plain_stances,
    read_gold,
    score_quoted_recommendations,
    score_quoted_stances,
)
from rodtrad.pipeline.annotate import annotate_file
from rodtrad.settings import Limits

Kind = Literal["stances", "recommendations"]
FOLDER = "statements"
_WHOLE = {"stances": "stance and target: F1", "recommendations": "strength and addressee: F1"}


def statement_figures(gold: Path, kind: Kind) -> Iterator[Figure]:
    """Figures for each set of documents in the gold, with what its plain verbs alone reach.

    Args:
        gold: the gold's folder; `statements/documents/documents.json` there says what each
            document is, and `statements/<kind>-<set>.jsonl` hold the answers.
        kind: stances or recommendations.
    """
    folder = gold / FOLDER / "documents"
    if not (folder / "documents.json").is_file():
        return
    info = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
    for path in sorted((gold / FOLDER).glob(f"{kind}-*.jsonl")):
        records = [r for r in read_gold(path) if "document" in r]
        if not records:
            continue
        ours, plain = _scores(folder, info, records, kind)
        split = path.stem.removeprefix(f"{kind}-")
        yield Figure(
            kind, split, "found: F1", ours.f1(ours.found), ours.wanted, plain.f1(plain.found)
        )
        whole = ours.f1(ours.whole)
        yield Figure(kind, split, _WHOLE[kind], whole, ours.wanted, plain.f1(plain.whole))


def _scores(
    folder: Path, info: dict[str, Any], records: Sequence[Record], kind: Kind
) -> tuple[QuoteScore, QuoteScore]:
    """Of the rules and of the plain verbs, over all documents of a set."""
    by_document: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_document[str(record["document"])].append(record)
    ours = plain = NO_QUOTES
    for name, wanted in by_document.items():
        file = next(folder.glob(f"{name}.*"))
        found = annotate_file(file, document_id=name, overrides=info[name], limits=Limits())
        document = found.document
        if kind == "stances":
            ours += score_quoted_stances(wanted, found.stances, document.source)
            plain += score_quoted_stances(wanted, plain_stances(document), document.source)
        else:
            demands, verbs = found.recommendations, plain_recommendations(document)
            ours += score_quoted_recommendations(wanted, demands, document.source)
            plain += score_quoted_recommendations(wanted, verbs, document.source)
    return ours, plain
