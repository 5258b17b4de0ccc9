"""The judged sample: what was right stays, what was wrong is gone, no new false findings."""

from pathlib import Path

import pytest

from rodtrad.entities.agencies import AgencyContext, find_agencies

SAMPLE = Path(__file__).parents[1] / "cases" / "agencies-sample.tsv"


def _rows() -> list[dict[str, str]]:
    lines = [
        line for line in SAMPLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines[1:]]


def _holds(row: dict[str, str]) -> bool:
    """Whether today's findings agree with the judgement."""
    context = AgencyContext(issuer=row["issuer"] or None, date=row["date"])
    findings = [
        f for f in find_agencies(row["sentence"], context=context) if f.certainty == "certain"
    ]
    if row["kind"] == "none":
        return not findings
    start = int(row["at"])
    same = [f for f in findings if (f.at.start, f.at.end) == (start, start + len(row["surface"]))]
    if row["judged"] == "wrong":
        return not same
    return [f.value for f in same] == [row["value"]]


def test_the_sample_holds() -> None:
    rows = _rows()
    broken = [row for row in rows if not _holds(row)]
    for kind in ("finding", "resolved"):
        judged = [row["judged"] for row in rows if row["kind"] == kind]
        print(f"{kind}: judged precision {judged.count('right') / len(judged):.3f}", len(judged))
    print(f"{len(rows) - len(broken)} of {len(rows)} rows hold today")
    assert broken == []


def test_the_sample_is_as_large_as_it_says() -> None:
    kinds = [row["kind"] for row in _rows()]
    counts = [kinds.count(kind) for kind in ("finding", "resolved", "none")]
    assert counts == [200, 110, 100]


@pytest.mark.parametrize("column", ["date", "page", "sentence"])
def test_every_row_says_where_it_comes_from(column: str) -> None:
    assert all(row[column] for row in _rows())
