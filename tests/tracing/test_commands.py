"""`rodtrad compare` and `rodtrad chain` from the command line."""

import json
from pathlib import Path

from typer.testing import CliRunner

from rodtrad.cli.main import make_app

PLANS = ["handlingsplan-2018", "handlingsplan-2026-2028"]


def run(demo: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(make_app(), ["-w", str(demo), *arguments])
    return result.exit_code, result.stdout


def test_compare_prints_a_record_a_line(demo: Path) -> None:
    code, printed = run(demo, "compare", *PLANS, "--json")
    records = [json.loads(line) for line in printed.splitlines()]
    assert code == 0
    kinds = {record["change"] for record in records}
    assert kinds <= {"continued", "changed", "structure", "not mentioned", "new"}
    assert len([r for r in records if r["old"]]) == 38
    assert set(records[0]) >= {"old", "new", "change", "differences", "evidence"}


def test_a_plan_is_not_compared_with_itself(demo: Path) -> None:
    code, _ = run(demo, "compare", PLANS[0], PLANS[0])
    assert code == 2


def test_chain_prints_one_record(demo: Path) -> None:
    code, printed = run(demo, "chain", "handlingsplan-2026-2028#4.4.1", "--json")
    (record,) = [json.loads(line) for line in printed.splitlines()]
    assert code == 0
    assert set(record) == {"item", "hops", "conflicts", "titles", "dates"}
    assert record["hops"][0]["kind"] == "assignment"


def test_reverse_gaps_are_measures_nobody_asked_for(demo: Path) -> None:
    asked = ("--from", "lagesrapport-25", "--to", PLANS[1])
    code, printed = run(demo, "gaps", "--reverse", *asked, "--json")
    records = [json.loads(line) for line in printed.splitlines()]
    assert code == 0
    found = {record["measure"] for record in records}
    assert "4.1.11" in found  # an age limit on social media
    assert "4.4.1" not in found  # the police and the prosecutors, whom the report is about
    assert all(record["closest"] and record["probability"] < 0.4 for record in records)
    code, printed = run(demo, "gaps", "--reverse", *asked, "--lang", "en")
    assert f"{len(records)} of 40 measures" in " ".join(printed.split())


def test_reverse_gaps_refuse_what_they_would_not_heed(demo: Path) -> None:
    asked = ("--from", "lagesrapport-25", "--to", PLANS[1])
    assert run(demo, "gaps", "--reverse", *asked, "--strength", "urge")[0] == 2
