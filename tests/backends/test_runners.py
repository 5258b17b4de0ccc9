"""Every job runner: each item has one outcome, whatever happens to the workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rodtrad.backends.cluster import ClusterError, DaskRunner
from rodtrad.backends.runners import JobRunner, PoolRunner, SerialRunner, WorkerDiedError
from rodtrad.datamodel import Measure, Recommendation, Sentence, Span
from rodtrad.errors import UsageError
from rodtrad.pipeline.build import build
from rodtrad.pipeline.jobs import runner_for
from rodtrad.pipeline.searchjob import encoder_for
from rodtrad.pipeline.store import SearchInfo, required_manifest
from rodtrad.retrieval.encoders.hashing import HashingEncoder
from rodtrad.retrieval.encoders.spread import SpreadEncoder
from rodtrad.settings import EncoderSettings, JobSettings
from rodtrad.tracing import Means, trace
from rodtrad.workspace import Workspace, init_workspace
from support.faraway import KillsOnce, deadly, doubled, killed_once

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler and two workers, each with a nanny, in processes of their own."""
    folder = tmp_path_factory.mktemp("cluster")
    environment = os.environ | {
        "PYTHONPATH": str(TESTS),
        "DASK_DISTRIBUTED__ADMIN__LOG_LENGTH": "0",
    }
    file = folder / "scheduler.json"
    run = [sys.executable, "-m"]
    head = [*run, "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard",
            "--scheduler-file", str(file), "--host", "127.0.0.1"]  # fmt: skip
    hand = [*run, "distributed.cli.dask_worker", "--scheduler-file", str(file), "--nworkers",
            "2", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]  # fmt: skip
    with (folder / "log").open("wb") as log:
        started = [
            subprocess.Popen(one, env=environment, stdout=log, stderr=log, cwd=folder)
            for one in (head, hand)
        ]
        try:
            yield _address(file)
        finally:
            for process in reversed(started):
                process.terminate()
            for process in started:
                process.wait(20)


def _address(file: Path) -> str:
    for _ in range(600):
        if file.is_file() and file.read_text(encoding="utf-8").strip():
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        time.sleep(0.1)
    raise TimeoutError("the scheduler did not start")


@pytest.fixture(params=["serial", "pool", "dask"])
def runner(request: pytest.FixtureRequest) -> JobRunner:
    if request.param == "dask":
        return DaskRunner(request.getfixturevalue("cluster"))
    return SerialRunner() if request.param == "serial" else PoolRunner(2)


def test_every_item_has_one_outcome(runner: JobRunner) -> None:
    outcomes = dict(runner.run(doubled, list(range(20))))
    assert {p: o for p, o in outcomes.items() if p != 13} == {
        n: 2 * n for n in range(20) if n != 13
    }
    assert isinstance(outcomes[13], ValueError)


@pytest.mark.parametrize("name", ["pool", "dask"])
def test_a_worker_that_is_killed_loses_nothing(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    far = name == "dask"
    runner: JobRunner = DaskRunner(request.getfixturevalue("cluster")) if far else PoolRunner(2)
    items = [(number, str(tmp_path)) for number in range(12)]
    assert dict(runner.run(killed_once, items)) == {n: n for n in range(12)}
    assert len(list(tmp_path.glob("5-*"))) >= 2


def test_an_item_that_kills_every_worker_fails_alone() -> None:
    outcomes = dict(PoolRunner(2).run(deadly, list(range(6))))
    assert isinstance(outcomes.pop(3), WorkerDiedError)
    assert outcomes == {n: n for n in (0, 1, 2, 4, 5)}


SUBJECTS = ("arbetskraftsexploatering", "bostäder", "skolor", "väntetider", "stöd till offer")


def made_demands(count: int) -> list[Recommendation]:
    """Demands about the subjects, in turn."""
    return [
        Recommendation(
            id=str(number), document="list", issuer="", addressees=(), strength=None,
            text=f"Regeringen bör utreda {SUBJECTS[number % 5]} inom {number} år.", language="sv",
        )
        for number in range(count)
    ]  # fmt: skip


def made_measures(count: int) -> list[Measure]:
    """Measures about the subjects, in turn."""
    texts = [f"Länsstyrelsen ska kartlägga {SUBJECTS[n % 5]} i {n} län." for n in range(count)]
    return [
        Measure(
            id=str(number), document="plan", title=f"Uppdrag {number}", type="uppdrag",
            state="okänd", agencies=("Länsstyrelsen",), other_agencies=(), deadlines=(), dnr=(),
            other_dnr=(), refs=(), amounts=(), text=text, at=Span(0, 1), span=Span(0, 1),
            section=(), sentences=(Sentence(text, Span(0, 1)),),
        )
        for number, text in enumerate(texts)
    ]  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    place = init_workspace(tmp_path / "arbete")
    for number in range(9):
        text = f"# Svar {number}\n\nLänsstyrelsen tillstyrker förslaget i avsnitt 4.{number}.\n"
        (place.corpus / "sources" / f"svar-{number}.md").write_text(text, encoding="utf-8")
    return place


def made(workspace: Workspace) -> tuple[list[str], SearchInfo | None]:
    """What a build has made: the digest of each document's artefact, and the search index."""
    manifest = required_manifest(workspace)
    return [document.artefact for document in manifest.documents], manifest.search


def test_a_cluster_builds_what_one_process_builds(
    workspace: Workspace, cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rodtrad.pipeline.searchjob.encoder_for", lambda *_, **__: HashingEncoder())
    jobs = JobSettings("dask", cluster)
    far = replace(workspace, settings=replace(workspace.settings, jobs=jobs))
    assert {line.status for line in build(far)} == {"built"}
    there = made(workspace)
    build(workspace, force=True)
    assert there == made(workspace)


def test_pairs_compared_elsewhere_give_the_same_lines(
    runner: JobRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rodtrad.tracing.linking.PIECE", 3)
    demands, measures = made_demands(8), made_measures(30)
    here = trace(demands, measures, means=Means(HashingEncoder()))
    steps: list[tuple[int, int]] = []
    there = trace(
        demands,
        measures,
        means=Means(HashingEncoder()),
        runner=runner,
        progress=lambda *step: steps.append(step),
    )
    assert there == here
    assert [total for _, total in steps] == [8, 8, 8]
    assert steps[-1] == (8, 8)


def test_a_worker_killed_while_a_cluster_builds_changes_nothing(
    workspace: Workspace, cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "killed"
    monkeypatch.setattr("rodtrad.pipeline.searchjob.encoder_for", lambda *_, **__: HashingEncoder())
    monkeypatch.setattr(
        "rodtrad.backends.cluster.DaskRunner", lambda at: KillsOnce(DaskRunner(at), mark)
    )
    far = replace(workspace.settings, jobs=JobSettings("dask", cluster))
    assert {line.status for line in build(replace(workspace, settings=far))} == {"built"}
    there = made(workspace)
    build(workspace, force=True)
    assert there == made(workspace)
    assert mark.is_file()


def test_a_worker_killed_while_it_encodes_changes_no_vector(cluster: str, tmp_path: Path) -> None:
    here = encoder_for(None)
    texts = [f"Kommunen redovisar statistik {number}." for number in range(150)]
    runner = KillsOnce(DaskRunner(cluster), tmp_path / "killed")
    spread = SpreadEncoder(here, EncoderSettings(), runner)
    assert (spread.encode_passages(texts) == here.encode_passages(texts)).all()
    assert (tmp_path / "killed").is_file()


def test_a_worker_killed_while_it_traces_changes_no_line(
    cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rodtrad.tracing.linking.PIECE", 3)
    demands, measures = made_demands(8), made_measures(30)
    runner = KillsOnce(DaskRunner(cluster), tmp_path / "killed")
    there = trace(demands, measures, means=Means(HashingEncoder()), runner=runner)
    assert there == trace(demands, measures, means=Means(HashingEncoder()))
    assert (tmp_path / "killed").is_file()


def test_a_cluster_encodes_to_the_same_vectors(cluster: str) -> None:
    here = encoder_for(None)
    texts = [f"Länsstyrelsen tillstyrker förslag {number}." for number in range(150)]
    settings = EncoderSettings()
    spread = SpreadEncoder(here, settings, DaskRunner(cluster))
    assert (spread.encode_passages(texts) == here.encode_passages(texts)).all()


def test_a_scheduler_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rodtrad.backends.cluster._PATIENCE", "1s")
    with pytest.raises(ClusterError, match="cannot be reached"):
        list(DaskRunner("tcp://127.0.0.1:1").run(doubled, [1]))


def test_settings_choose_the_runner(workspace: Workspace) -> None:
    assert isinstance(runner_for(workspace, jobs=1, count=100), SerialRunner)
    assert isinstance(runner_for(workspace, jobs=2, count=100), PoolRunner)
    assert isinstance(runner_for(workspace, jobs=2, count=3), SerialRunner)
    far = replace(workspace, settings=replace(workspace.settings, jobs=JobSettings("dask", "")))
    with pytest.raises(UsageError, match="address"):
        runner_for(far, jobs=1, count=100)
