"""Two plans compared: what became of the earlier one's measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rodtrad.errors import UsageError
from rodtrad.pipeline.linkmodel import means_for
from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.records import measures_as_of
from rodtrad.pipeline.searchjob import encoder_for
from rodtrad.tracing.comparison import change_record, compare_plans
from rodtrad.workspace import Workspace

Record = dict[str, Any]

_WORDS = {
    "sv": {
        "continued": "fortsätter",
        "changed": "ändrad",
        "structure": "stående struktur",
        "not mentioned": "nämns inte",
        "new": "ny",
        "same": "samma uppdrag",
        "forerunner": "föregångare",
        "similar": "liknande",
        "deadlines": "datum",
        "agencies": "ansvariga",
        "amounts": "belopp",
        "nothing": "inget",
        "or": "osäkert; lika väl",
    },
    "en": {"amounts": "money", "nothing": "nothing", "or": "doubtful; as well"},
}


def run_compare(old: str, new: str, *, workspace: Workspace | None, as_of: date) -> list[Record]:
    """One record a measure of the older plan, then one a new measure.

    Args:
        old: id or path of the earlier plan or evaluation round.
        new: id or path of the later one.
        workspace: where ids are looked up.
        as_of: what counts as today.

    Raises:
        UsageError: a document holds no measure, or both are the same.
    """
    documents = load_documents([old, new], workspace)
    if documents[0].id == documents[1].id:
        raise UsageError(f"{old}: cannot be compared with itself.")
    found = [replace(d, measures=measures_as_of(d, as_of=as_of)) for d in documents]
    for name, document in zip((old, new), found, strict=True):
        if not document.measures:
            raise UsageError(f"{name}: no measure was found there; see 'rodtrad measures {name}'.")
    means = means_for(workspace, encoder_for(workspace, jobs_hint=1))
    return [change_record(c) for c in compare_plans(found[0], found[1], means=means)]


def compare_lines(records: Sequence[Record], *, language: str) -> Iterator[str]:
    """What a person reads: each measure, what became of it, what differs, where it stands."""
    words = _WORDS["en" if language == "en" else "sv"]
    for record in records:
        kind = words.get(record["change"], record["change"])
        relation = record["relation"]
        told = f" ({words.get(relation, relation)})" if relation else ""
        yield f"{kind}{told}: {_ends(record)}"
        if record["alternatives"]:
            yield f"    {words['or']}: {', '.join(record['alternatives'])}"
        for difference in record["differences"]:
            field = words.get(difference["field"], difference["field"])
            sides = ("; ".join(difference[side]) or words["nothing"] for side in ("old", "new"))
            yield f"    {field}: {' → '.join(sides)}"
        if record["change"] == "structure":
            yield f"    {' › '.join(record['evidence'][-1]['section'])}"


def _ends(record: Record) -> str:
    return " → ".join(str(record[side]) for side in ("old", "new") if record[side])
