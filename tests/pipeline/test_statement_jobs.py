"""Records and lines of common assignments and of a summary over replies."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.pipeline.annotate import annotate_file
from rodtrad.pipeline.assignmentjob import assignment_lines, assignment_records
from rodtrad.pipeline.consultationjob import summary_lines, summary_records
from rodtrad.pipeline.records import recommendation_records
from rodtrad.pipeline.store import dump_artefact, load_artefact
from rodtrad.settings import Limits

AS_OF = date(2026, 11, 22)
DECISION = """Uppdrag till Kustverket att kartlägga spökgarn

Regeringen ger Kustverket i uppdrag att kartlägga spökgarn längs kusten.

Uppdraget ska delredovisas senast den 1 mars 2026 och slutredovisas senast den 1 oktober 2026.
"""
PLAN = """# Åtgärdsplan

## Åtgärder

### Uppdrag till Kustverket att kartlägga spökgarn

Kustverket har i uppdrag att kartlägga spökgarn längs kusten. Uppdraget ska slutredovisas senast
den 1 oktober 2026 (N2026/00012).
"""
REPLY = """Remissvar

Laddskåp

Ekeboda kommun avstyrker förslaget om undantag från bygglov för laddskåp.
"""
REFERRAL = "Remiss av Laddstationer\n\nRemissinstanser\n\nBoverket\nEkeboda kommun\n"

Annotate = Callable[..., AnnotatedDocument]


@pytest.fixture
def annotated(tmp_path: Path) -> Annotate:
    def _annotated(name: str, text: str, **overrides: str) -> AnnotatedDocument:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return annotate_file(path, document_id=path.stem, overrides=overrides, limits=Limits())

    return _annotated


def test_versions_of_an_assignment(annotated: Annotate) -> None:
    decision = annotated("beslut.txt", DECISION, kind="regeringsuppdrag", dnr="N2026/00012")
    plan = annotated("plan.md", PLAN, kind="åtgärdsplan")
    (record,) = assignment_records([plan, decision], as_of=AS_OF)
    assert record["basis"] == "dnr"
    assert [v["document"] for v in record["versions"]] == ["beslut", "plan"]
    missing = {d["field"]: d["missing"] for d in record["differences"]}
    assert missing == {"deadlines": ["delredovisning 2026-03-01"]}
    lines = "\n".join(assignment_lines([record], language="sv"))
    assert "Datum: saknar delredovisning 1\u00a0mars\u00a02026" in lines


def test_nothing_in_common(annotated: Annotate) -> None:
    plan = annotated("plan.md", PLAN, kind="åtgärdsplan")
    assert assignment_records([plan], as_of=AS_OF) == []
    assert list(assignment_lines([], language="en")) == [
        "No assignment is in more than one of the documents."
    ]


def test_a_summary_quotes_and_counts(annotated: Annotate) -> None:
    reply = annotated("svar.txt", REPLY, kind="remissvar", issuer="Ekeboda kommun")
    referral = annotated("remiss.txt", REFERRAL, kind="remiss")
    proposal, took_part = summary_records([reply, referral])
    (opinion,) = proposal["opinions"]
    assert (opinion["body"], opinion["stance"]) == ("Ekeboda kommun", "avstyrker")
    assert opinion["quote"] == REPLY[opinion["start"] : opinion["end"]]
    assert took_part["silent"] == ["Boverket"]
    lines = "\n".join(summary_lines([proposal, took_part], language="sv"))
    assert "avstyrker: Ekeboda kommun: ”Ekeboda kommun avstyrker" in lines
    assert "Inte svarat (1): Boverket" in lines


def test_doubtful_demands_are_told_only_when_asked_for(annotated: Annotate) -> None:
    said = "Företagen behöver tid. Vi anser att fristen bör förlängas."
    reply = annotated("svar.txt", REPLY + f"\n{said}\n", kind="remissvar", issuer="Eds kommun")
    kept = load_artefact(dump_artefact(reply))
    (sure,) = recommendation_records(kept)
    assert sure["quote"] == "Vi anser att fristen bör förlängas."
    assert "certainty" not in sure
    *_, doubtful = recommendation_records(kept, doubtful=True)
    assert (doubtful["quote"], doubtful["certainty"]) == ("Företagen behöver tid.", "doubtful")
    assert doubtful["reason"].startswith("säger vad någon behöver")
