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
    assert set(record) == {"item", "hops", "conflicts"}
    assert record["hops"][0]["kind"] == "assignment"
