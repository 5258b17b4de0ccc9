"""`rodtrad review` from end to end, in a small workspace of its own."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from rodtrad.cli.main import make_app

PLAN = """# Handlingsplan mot människohandel 2027–2029

## 4 Åtgärder

### 4.1 Uppdrag till Polismyndigheten om identifiering av offer

Polismyndigheten får i uppdrag att förbättra identifieringen av offer för människohandel. Uppdraget
ska redovisas senast den 1 oktober 2027 (Ju2027/00123).

### 4.2 Uppdrag till Migrationsverket om tryggare boenden

Migrationsverket ska vidta åtgärder som stärker tryggheten på myndighetens boenden. Uppdraget ska
redovisas senast den 1 mars 2028.

### 4.3 Uppdrag till Domstolsverket om utbildning av domare

Domstolsverket ska utbilda domare om människohandel. Uppdraget ska redovisas senast den 1 maj 2028.
"""
LIST = """id,text
R1,Sverige bör förbättra identifieringen av offer för människohandel.
R2,Sverige bör utbilda domare om människohandel.
R3,Sverige bör införa en nationell fond för skadestånd till fiskare.
"""
TRACE = ("--from", "lista", "--to", "plan", "--as-of", "2026-11-22")


class Shell:
    """The command line in one workspace."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.app, self.runner = make_app(), CliRunner()

    def __call__(self, *arguments: str, code: int = 0) -> str:
        done = self.runner.invoke(self.app, ["-w", str(self.root), *arguments])
        assert done.exit_code == code, (done.output, done.exception)
        self.stderr = done.stderr
        return done.stdout

    def records(self, *arguments: str, code: int = 0) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self(*arguments, "--json", code=code).splitlines()]

    def trace(self) -> dict[str, dict[str, Any]]:
        return {r["id"]: r for r in self.records("trace", *TRACE)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("arbetsyta")
    (root / "corpus").mkdir()
    (root / "indexes").mkdir()
    for name, text in (("plan.md", PLAN), ("lista.csv", LIST)):
        (root / name).write_text(text, encoding="utf-8")
    shell = Shell(root)
    shell("add", str(root / "plan.md"), "--kind", "handlingsplan")
    shell("add", str(root / "lista.csv"), "--kind", "rekommendationslista")
    shell("build")
    return root


@pytest.fixture
def shell(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("RODTRAD_CACHE", str(built / "cache"))
    monkeypatch.setenv("RODTRAD_USER", "Anna")
    root = tmp_path / "arbetsyta"
    shutil.copytree(built, root)
    return Shell(root)


def accept(shell: Shell, *more: str) -> dict[str, Any]:
    return shell.records("review", "accept", "lista#R3", "plan#4.2", *more)[0]


def test_a_decision_beats_the_model_and_says_whose_it_is(shell: Shell) -> None:
    before = shell.trace()
    assert (before["R1"]["status"], before["R3"]["status"]) == ("covered", "gap")
    event = accept(shell, "--grade", "1", "--comment", "prövat")
    assert event["target"] == {"from": "lista#R3", "to": "plan#4.2"}
    assert (event["who"], event["action"], event["grade"]) == ("Anna", "accept", 1)
    shell("review", "reject", "lista#R1", "plan#4.1", "--who", "Bo")
    after = shell.trace()
    (link,) = after["R3"]["links"]
    assert (after["R3"]["status"], link["measure"], link["grade"]) == ("partly", "4.2", 1)
    assert link["decision"]["who"] == "Anna"
    assert link["decision"]["comment"] == "prövat"
    assert after["R1"]["links"] == []
    assert "godtaget av Anna" in " ".join(shell("trace", *TRACE).split())


def test_undo_takes_back_and_the_history_keeps_everything(shell: Shell) -> None:
    event = accept(shell)
    shell("review", "undo", event["id"][:6])
    assert shell.trace()["R3"]["status"] == "gap"
    assert shell.records("review", "list") == []
    told = shell.records("review", "history", "lista#R3", "plan#4.2")
    assert [(r["action"], r["standing"]) for r in told] == [
        ("accept", "undone"),
        ("undo", "in force"),
    ]
    assert [r["action"] for r in shell.records("review", "list", "--all")] == ["accept", "undo"]


def test_a_changed_text_makes_a_decision_suspect_until_cleared(shell: Shell) -> None:
    event = accept(shell)
    plan = shell.root / "corpus" / "sources" / "plan.md"
    plan.write_text(PLAN.replace("tryggheten på", "tryggheten och hälsan på"), encoding="utf-8")
    shell("build")
    (line,) = shell.records("review", "list", "--suspect")
    assert (line["id"], line["standing"]) == (event["id"], "suspect")
    assert shell.trace()["R3"]["status"] == "gap"
    shell("review", "clear", event["id"], "--who", "Bo")
    assert shell.records("review", "list", "--suspect") == []
    assert shell.trace()["R3"]["status"] == "partly"


def test_a_decision_follows_a_measure_that_got_another_number(shell: Shell) -> None:
    accept(shell)
    plan = shell.root / "corpus" / "sources" / "plan.md"
    new = "### 4.1 Uppdrag till Skatteverket om kontroller\n\nSkatteverket ska göra kontroller.\n\n"
    text = PLAN
    for old, number in (("4.3", "4.4"), ("4.2", "4.3"), ("4.1", "4.2")):
        text = text.replace(f"### {old} ", f"### {number} ")
    plan.write_text(text.replace("### 4.2 ", f"{new}### 4.2 ", 1), encoding="utf-8")
    shell("build")
    (link,) = shell.trace()["R3"]["links"]
    assert link["measure"] == "4.3"
    (line,) = shell.records("review", "list")
    assert line["current_target"] == {"from": "lista#R3", "to": "plan#4.3"}


def test_a_gap_can_be_declared_justified(shell: Shell) -> None:
    shell("review", "justify-gap", "lista#R3", "--comment", "utanför planens område")
    line = shell.trace()["R3"]
    assert (line["status"], line["decision"]["action"]) == ("gap", "justify-gap")
    assert "luckan bedömd som motiverad av Anna" in " ".join(
        shell("gaps", *TRACE).replace("Luckan", "luckan").split()
    )


def test_follow_ups_and_what_is_late(shell: Shell) -> None:
    shell("review", "follow-up", "plan#4.1", "--status", "pågående", "--date", "2026-10-01",
          "--person", "Eva", "--next-step", "påminn")  # fmt: skip
    shell("review", "follow-up", "plan#4.2", "--status", "redovisad", "--date", "2026-10-01")
    shell("review", "follow-up", "lista#R1", "--note", "svarat")
    found = shell.records("review", "list", "--follow-up", "--as-of", "2026-11-22")
    assert [(r["item"], r["overdue"]) for r in found] == [
        ("plan#4.1", True),
        ("plan#4.2", False),
        ("lista#R1", False),
    ]
    (late,) = shell.records("review", "list", "--overdue", "--as-of", "2026-11-22")
    assert (late["person"], late["next_step"]) == ("Eva", "påminn")
    assert shell.records("review", "list", "--overdue", "--as-of", "2026-10-01") == []


def test_agreement_of_two_people(shell: Shell) -> None:
    accept(shell)
    accept(shell, "--who", "Bo")
    shell("review", "reject", "lista#R1", "plan#4.2")
    shell("review", "reject", "lista#R1", "plan#4.2", "--who", "Bo")
    (found,) = shell.records("review", "list", "--agreement")
    assert (found["n"], found["kappa"]) == (2, 1.0)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("accept", "lista#R9", "plan#4.2"), "did you mean lista#R"),
        (("accept", "lista", "plan#4.2"), "write document#id"),
        (("accept", "annan#1", "plan#4.2"), "the index holds no document annan"),
        (("accept", "plan#4.2", "plan#4.1", "--who", " "), "say who decides"),
        (("follow-up", "plan#4.1", "--status", "snart"), "is no status"),
        (("follow-up", "plan#4.1", "--date", "i maj"), "is not a date"),
        (("follow-up", "plan#4.1"), "say something of it"),
        (("undo", "ffff"), "fits 0 events"),
        (("clear", "ffff"), "fits 0 events"),
        (("compare-versions", "1", "2"), "there is no version 1"),
        (("import", "nej.xlsx"), "no such file"),
        (("export", "-o", "x.docx"), "travel as .xlsx or .jsonl"),
        (("export", "-o", "x.xlsx"), "say what to trace"),
    ],
)
def test_wrong_use_is_one_sentence_and_writes_nothing(
    shell: Shell, arguments: tuple[str, ...], words: str
) -> None:
    shell("review", *arguments, code=2)
    (line,) = [line for line in shell.stderr.splitlines() if line.strip()]
    assert words in line
    assert not (shell.root / "reviews.jsonl").exists()


def test_a_torn_last_line_is_reported_and_kept(shell: Shell) -> None:
    accept(shell)
    log = shell.root / "reviews.jsonl"
    log.write_bytes(log.read_bytes() + b'{"format": 1, "wh')
    assert len(shell.records("review", "list")) == 1
    assert "avbruten" in shell.stderr
    accept(shell, "--who", "Bo")
    assert "reviews.jsonl.torn" in shell.stderr.replace("\n", "")
    assert (shell.root / "reviews.jsonl.torn").read_bytes() == b'{"format": 1, "wh\n'
    assert len(shell.records("review", "list")) == 2


def exported(shell: Shell, *more: str) -> Path:
    path = shell.root / "granskning.xlsx"
    shell("review", "export", *TRACE, "-o", str(path), *more)
    return path


def fill(path: Path, answers: dict[tuple[str, str], dict[str, str | None]], *, keep: bool) -> None:
    """Fill in rows of the review sheet by recommendation and measure; `keep` keeps the others."""
    book = openpyxl.load_workbook(path)
    sheet = book["Granskning"]
    heads = {str(cell.value): place for place, cell in enumerate(sheet[1], start=1)}
    for number in range(sheet.max_row, 1, -1):
        name = (
            str(sheet.cell(number, heads["Nr"]).value),
            str(sheet.cell(number, heads["Åtgärd"]).value).split()[0],
        )
        for head, value in answers.get(name, {}).items():
            sheet.cell(number, heads[head]).value = value
        if not keep and name not in answers:
            sheet.delete_rows(number)
    book.save(path)


def outcomes(records: list[dict[str, Any]]) -> dict[str, int]:
    found = [r["outcome"] for r in records]
    return {name: found.count(name) for name in sorted(set(found))}


def test_the_workbook_offers_decisions_and_grades_to_choose(shell: Shell) -> None:
    book = openpyxl.load_workbook(exported(shell, "--department", "Ju"))
    sheet = book["Granskning"]
    heads = [cell.value for cell in sheet[1]]
    assert "Synpunkt: Ju" in heads
    rules = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules == {'"godtas,avslås"', '"luckan är motiverad"', '"2 svarar mot,1 bidrar till"'}
    column = openpyxl.utils.get_column_letter(len(heads))
    assert sheet.column_dimensions[column].hidden
    assert all(sheet.cell(n, len(heads)).value for n in range(2, sheet.max_row + 1))


def test_out_and_back_through_a_colleagues_hands(shell: Shell) -> None:
    first = accept(shell)
    path = exported(shell, "--department", "Ju")
    fill(
        path,
        {
            ("R1", "4.1"): {"Beslut": "avslås", "Kommentar": "fel målgrupp"},
            ("R2", "4.3"): {"Beslut": "godtas", "Grad": "1 bidrar till", "Granskad av": "Cia"},
            ("R3", "4.2"): {"Synpunkt: Ju": "=Vi ser ingen lucka"},
        },
        keep=False,
    )
    records = shell.records("review", "import", str(path), "--who", "Bo")
    assert outcomes(records) == {"stored": 3}
    log = shell.records("review", "list")
    assert first["id"] in [r["id"] for r in log], "rows that are missing delete nothing"
    told = {(r["who"], r["action"], r["target"]["from"]): r for r in log}
    assert told["Bo", "reject", "lista#R1"]["comment"] == "fel målgrupp"
    assert told["Cia", "accept", "lista#R2"]["grade"] == 1
    assert told["Bo", "comment", "lista#R3"]["comment"] == "=Vi ser ingen lucka"
    assert "granskning.xlsx" in told["Bo", "reject", "lista#R1"]["via"]
    assert shell.trace()["R1"]["status"] != "covered"
    again = shell.records("review", "import", str(path), "--who", "Bo")
    assert outcomes(again) == {"unchanged": len(records)}
    assert len(shell.records("review", "list")) == len(log)


def test_who_decided_meanwhile_is_not_overwritten(shell: Shell) -> None:
    path = exported(shell)
    fill(path, {("R1", "4.1"): {"Beslut": "avslås"}}, keep=True)
    shell("review", "accept", "lista#R1", "plan#4.1", "--who", "Cia")
    records = shell.records("review", "import", str(path), "--who", "Bo", code=1)
    (conflict,) = [r for r in records if r["outcome"] == "conflict"]
    assert "Cia decided accept" in conflict["reason"]
    assert [r["who"] for r in shell.records("review", "list")] == ["Cia"]


def test_an_emptied_cell_takes_nothing_back(shell: Shell) -> None:
    accept(shell)
    path = exported(shell)
    fill(path, {("R3", "4.2"): {"Beslut": None, "Kommentar": None}}, keep=True)
    records = shell.records("review", "import", str(path))
    assert outcomes(records)["kept"] == 1
    assert shell.trace()["R3"]["status"] == "partly"


def test_a_word_that_is_no_choice_is_listed(shell: Shell) -> None:
    path = exported(shell)
    fill(path, {("R1", "4.1"): {"Beslut": "kanske"}}, keep=True)
    records = shell.records("review", "import", str(path), code=1)
    (problem,) = [r for r in records if r["outcome"] == "problem"]
    assert "'kanske' is none of the choices" in problem["reason"]


def test_a_copy_of_the_log_can_be_taken_in_elsewhere(shell: Shell) -> None:
    accept(shell)
    shell("review", "reject", "lista#R1", "plan#4.2", "--who", "Bo")
    copy = shell.root / "kopia.jsonl"
    shell("review", "export", "-o", str(copy))
    (shell.root / "reviews.jsonl").unlink()
    shell("review", "accept", "lista#R2", "plan#4.3", "--who", "Cia")
    assert outcomes(shell.records("review", "import", str(copy))) == {"stored": 2}
    assert outcomes(shell.records("review", "import", str(copy))) == {"unchanged": 2}
    assert [r["who"] for r in shell.records("review", "list")] == ["Cia", "Anna", "Bo"]


def test_versions_are_frozen_compared_and_commented_by_departments(shell: Shell) -> None:
    round_file = shell.root / "beredning.xlsx"
    freeze = ("review", "freeze", *TRACE)
    (first,) = shell.records(*freeze, "--title", "Delning 1", "--department", "Fi", "-o",
                             str(round_file))  # fmt: skip
    assert (first["version"], first["comment"]) == (1, "Delning 1")
    fill(round_file, {("R1", "4.1"): {"Synpunkt: Fi": "Kostnaden saknas."}}, keep=True)
    shell("review", "import", str(round_file), "--who", "Fia")
    accept(shell, "--grade", "2")
    assert shell.records(*freeze)[0]["version"] == 2
    changes = {r["item"]: r for r in shell.records("review", "compare-versions", "1", "2")}
    assert set(changes) == {"lista#R1", "lista#R3"}
    fields = {d["field"]: (d["old"], d["new"]) for d in changes["lista#R3"]["differences"]}
    assert fields["status"] == ("gap", "covered")
    assert "plan#4.2: link" in fields
    (remark,) = changes["lista#R1"]["comments"]
    assert (remark["department"], remark["who"], remark["comment"]) == (
        "Fi", "Fia", "Kostnaden saknas.",
    )  # fmt: skip
    assert shell.records("review", "compare-versions", "2", "2") == []


def test_a_decision_written_in_the_list_is_not_lost_in_silence(shell: Shell) -> None:
    file = shell.root / "granska.xlsx"
    accept(shell)
    shell("review", "export", *TRACE, "-o", str(file))
    book = openpyxl.load_workbook(file)
    heads = [cell.value for cell in book["Lista"][1]]
    ids = [row[heads.index("Nr")] for row in book["Lista"].values]
    place = (ids.index("R2") + 1, heads.index("Beslut hittills") + 1)
    book["Lista"].cell(*place, "godtas")
    book.save(file)
    records = shell.records("review", "import", str(file), code=1)
    (wrong,) = [r for r in records if r["outcome"] != "unchanged"]
    assert (wrong["outcome"], wrong["row"]) == ("problem", f"granska.xlsx, Lista rad {place[0]}")
    told = " ".join(shell("review", "import", str(file), code=1).split())
    assert "beslut läses från bladet med rullgardiner" in told


def test_only_people_with_links_in_common_are_compared(shell: Shell) -> None:
    accept(shell)
    shell("review", "reject", "lista#R1", "plan#4.2", "--who", "Bo")
    assert shell.records("review", "list", "--agreement") == []
    shell("review", "reject", "lista#R3", "plan#4.2", "--who", "Bo")
    (found,) = shell.records("review", "list", "--agreement")
    assert (found["first"], found["second"], found["n"], found["share"]) == ("Anna", "Bo", 1, 0)


def test_a_part_of_the_table_is_frozen_and_compared_with_the_same_part(shell: Shell) -> None:
    file = shell.root / "luckor.xlsx"
    part = ("review", "freeze", *TRACE, "--status", "gap")
    shell(*part, "-o", str(file))
    rows = list(openpyxl.load_workbook(file)["Granskning"].values)
    assert {row[0] for row in rows[1:]} == {"R3"}
    accept(shell)
    shell(*part)
    (change,) = shell.records("review", "compare-versions", "1", "2")
    assert (change["item"], change["change"]) == ("lista#R3", "left")
    assert "ej längre i urvalet" in shell("review", "compare-versions", "1", "2")
    shell("review", "freeze", *TRACE)
    shell("review", "compare-versions", "1", "3", code=2)
    assert "--status gap" in shell.stderr
    shell("review", "freeze", *TRACE, "--before", "igår", code=2)


def test_a_version_that_was_changed_is_refused(shell: Shell) -> None:
    shell("review", "freeze", *TRACE)
    path = shell.root / "versions" / "0001.json"
    path.write_text(path.read_text("utf-8").replace("gap", "covered"), encoding="utf-8")
    shell("review", "compare-versions", "1", "1", code=2)
    assert "was changed since it was frozen" in shell.stderr


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ((), ["R1", "R2", "R3"]),
        (("--status", "gap"), ["R3"]),
        (("--status", "gap", "--status", "covered"), ["R1", "R2", "R3"]),
        (("--agency", "Domstolsverket"), ["R2"]),
        (("--before", "2027-12-31"), ["R1"]),
        (("--strength", "urge"), []),
    ],
)
def test_filters_of_trace(shell: Shell, options: tuple[str, ...], left: list[str]) -> None:
    path = shell.root / "t.json"
    records = shell.records("trace", *TRACE, *options, "-o", str(path))
    assert [r["id"] for r in records] == left
    assert json.loads(path.read_text("utf-8")) == records


def test_pictures_and_the_reply_are_written_from_the_command_line(shell: Shell) -> None:
    names = ["coverage.svg", "areas.png", "timeline.html", "network.svg", "t.png", "t.html"]
    shell("trace", *TRACE, *(x for n in names for x in ("-o", str(shell.root / n))))
    assert "Tidsfrister per ansvarig" in (shell.root / "timeline.html").read_text("utf-8")
    assert "Korsreferenstabell" in (shell.root / "t.html").read_text("utf-8")
    for name in ("areas.png", "t.png"):
        assert (shell.root / name).read_bytes().startswith(b"\x89PNG")
    titles = shell.root / "titlar.csv"
    titles.write_text("measure;title\n4.1;Identification of victims\n", encoding="utf-8")
    out = shell.root / "reply.docx"
    shell("reply", *TRACE, "-o", str(out), "--translations", str(titles))
    assert out.stat().st_size > 10_000
    shell("deadlines", "plan", "-o", str(shell.root / "frister.svg"))
    assert (shell.root / "frister.svg").stat().st_size > 1000


def test_a_marked_document_stays_out_of_what_is_shared(shell: Shell) -> None:
    catalog = shell.root / "corpus" / "catalog.toml"
    text = catalog.read_text("utf-8")
    catalog.write_text(
        re.sub(r'(?m)^(kind = "handlingsplan")$', r'\1\nmarking = "arbetsmaterial"', text),
        encoding="utf-8",
    )
    shell("build")
    assert {r["marking"] for r in shell.trace().values() if r["links"]} == {"arbetsmaterial"}
    shared = shell.records("trace", *TRACE, "--sharing")
    assert all(r["links"] == r["candidates"] == [] for r in shared)
    assert len(shell.records("deadlines", "plan")) == 3
    assert shell.records("deadlines", "plan", "--sharing") == []


def test_names_are_masked_on_demand_in_every_table(shell: Shell) -> None:
    accept(shell, "--comment", "Eva Roth vill så", "--who", "Cia")
    for command in (("trace", *TRACE), ("gaps", *TRACE)):
        text = shell(*command, "--json", "--mask-names")
        assert "Roth" not in text
        assert all(json.loads(line)["masked"] for line in text.splitlines())
    later = shell.root / "senare.md"
    later.write_text(PLAN + "\nSlut.\n", encoding="utf-8")
    both = ("compare", "plan", str(later))
    for item in (("chain", "plan#4.2"), ("deadlines", "plan"), both):
        masked, plain = shell.records(*item, "--mask-names"), shell.records(*item)
        assert [r.pop("masked") for r in masked] == [True] * len(plain)
        # Nobody is named in the documents, so nothing else differs.
        assert [{**r, "marking": None} for r in masked] == [{**r, "marking": None} for r in plain]
        shell(*item, "--mask-names")
        assert "[namn]" in shell.stderr
    shell("reply", *TRACE, "--mask-names", "-o", str(shell.root / "svar.docx"))
    shell("gaps", *TRACE, "--reverse", "--mask-names", code=2)
