"""Learning in a workspace: from its decisions to a model that traces use, and back."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from rodtrad.cli.main import make_app
from rodtrad.errors import UsageError
from rodtrad.pipeline.linkmodel import model_file, model_for, read_learnt
from rodtrad.pipeline.reviewjob import find_ends, now_text, record
from rodtrad.review.events import Event
from rodtrad.tracing import shipped_model
from rodtrad.workspace import Workspace, open_workspace

PLAN = """# Handlingsplan

## 4 Åtgärder

### 4.1 Uppdrag till Polismyndigheten om utredning av människohandel
Polismyndigheten ska höja kompetensen hos dem som utreder människohandel så att fler åtalas.

### 4.2 Uppdrag till Brottsoffermyndigheten om ersättning
Brottsoffermyndigheten ska underlätta för offer för människohandel att söka brottsskadeersättning.

### 4.3 Medel till kvinnojourer
Kvinnojourer får 20 miljoner kronor för stöd till personer som utsatts för prostitution.

### 4.4 Uppdrag till Migrationsverket om trygga boenden
Migrationsverket ska höja säkerheten på sina boenden så att asylsökande inte utnyttjas.
"""
RIGHT = {
    "Polisen bör utreda fler fall av människohandel.": "4.1",
    "Offer bör få hjälp att söka brottsskadeersättning.": "4.2",
    "Kvinnojourer bör få mer medel.": "4.3",
    "Säkerheten på Migrationsverkets boenden bör höjas.": "4.4",
    "Åtalen för människohandel bör bli fler.": "4.1",
    "Det bör bli lättare att söka ersättning.": "4.2",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("learning")
    (folder / "corpus" / "sources").mkdir(parents=True)
    (folder / "corpus" / "sources" / "plan.md").write_text(PLAN, "utf-8")
    entries = [{"id": f"R{n}", "text": text} for n, text in enumerate(RIGHT)]
    listed = folder / "corpus" / "recommendations"
    listed.mkdir()
    (listed / "wishes.json").write_text(json.dumps(entries, ensure_ascii=False), "utf-8")
    (folder / "corpus" / "catalog.toml").write_text(
        '[[document]]\nid = "plan"\nfile = "sources/plan.md"\nkind = "handlingsplan"\n\n'
        '[[document]]\nid = "wishes"\nfile = "recommendations/wishes.json"\n'
        'kind = "rekommendationslista"\n',
        "utf-8",
    )
    assert rodtrad(folder, "build").exit_code == 0
    return folder


@pytest.fixture
def workspace(folder: Path) -> Workspace:
    (folder / "reviews.jsonl").unlink(missing_ok=True)
    (folder / "indexes" / "link-model.json").unlink(missing_ok=True)
    return open_workspace(folder)


def rodtrad(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(make_app(), ["-w", str(folder), *words])


def decide(workspace: Workspace) -> None:
    events = []
    for number, answer in enumerate(RIGHT.values()):
        for measure in ("4.1", "4.2", "4.3", "4.4"):
            start, end = find_ends(workspace, [f"wishes#R{number}", f"plan#{measure}"])
            action = "accept" if measure == answer else "reject"
            events.append(Event(now_text(), "Anna", action, start, end))
    record(workspace, *events)


def test_decisions_teach_the_ranking_and_can_be_unlearnt(workspace: Workspace) -> None:
    decide(workspace)
    told = rodtrad(workspace.root, "review", "learn", "--json")
    found = json.loads(told.stdout)
    assert found["kept"], found
    assert found["loss_after"] < found["loss_before"]
    assert (found["decisions"], len(found["events"])) == (24, 24)
    assert model_for(workspace).version == f"{shipped_model().version}+24" == found["version"]
    assert rodtrad(workspace.root, "review", "learn", "--undo").exit_code == 0
    assert model_for(workspace) == shipped_model()
    assert rodtrad(workspace.root, "review", "learn", "--undo").exit_code == 2


def test_too_few_decisions_are_refused(workspace: Workspace) -> None:
    told = rodtrad(workspace.root, "review", "learn")
    assert told.exit_code == 2
    assert "needs 20" in told.stderr
    assert not model_file(workspace).exists()


def test_a_model_learnt_on_another_release_is_not_used(workspace: Workspace) -> None:
    content = {"record": {"base": "older"}, "model": json.loads(shipped_model().to_json())}
    model_file(workspace).write_text(json.dumps(content), "utf-8")
    assert read_learnt(workspace) is None
    assert model_for(workspace) == shipped_model()


def test_a_damaged_model_is_named_with_the_remedy(workspace: Workspace) -> None:
    model_file(workspace).write_text("{", "utf-8")
    with pytest.raises(UsageError, match="review learn --undo"):
        model_for(workspace)
