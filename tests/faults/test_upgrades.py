"""What an earlier version wrote is read, made anew, or refused with the remedy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from faults.seeds import EVENTS
from faults.targets import make_workspace
from rodtrad.errors import WorkspaceError
from rodtrad.pipeline.build import build
from rodtrad.pipeline.freshness import status_records
from rodtrad.pipeline.store import manifest_path, read_manifest
from rodtrad.review.log import read_log
from rodtrad.workspace import Workspace

EARLIER = Path(__file__).parent / "earlier"
MANIFESTS = sorted(EARLIER.glob("manifest-*.json"))
LOGS = sorted(EARLIER.glob("reviews-*.jsonl"))


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "w")


@pytest.mark.parametrize("earlier", MANIFESTS, ids=lambda path: path.name)
def test_an_earlier_index_is_stale_and_made_anew(place: Workspace, earlier: Path) -> None:
    shutil.copyfile(earlier, manifest_path(place))
    manifest = read_manifest(place)
    assert manifest is not None
    assert manifest.documents[0].title == "Plan för vatten"
    assert {line["remedy"] for line in status_records(place) if line["id"] == "plan"} == {
        "rodtrad build"
    }
    assert {line.id: line.status for line in build(place)}["plan"] == "built"
    assert [line for line in status_records(place) if line["status"] == "stale"] == []


@pytest.mark.parametrize("number", [0, 2, 99, "1", None])
def test_an_index_of_another_format_is_refused_with_the_remedy(
    place: Workspace, number: object
) -> None:
    content = json.loads(MANIFESTS[0].read_bytes()) | {"format": number}
    manifest_path(place).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(WorkspaceError, match="rodtrad build --force"):
        read_manifest(place)
    assert {line.status for line in build(place, force=True)} == {"built"}


@pytest.mark.parametrize("earlier", LOGS, ids=lambda path: path.name)
def test_an_earlier_log_is_read_whole(earlier: Path) -> None:
    assert read_log(earlier).events == EVENTS


@pytest.mark.parametrize(
    ("number", "says"), [(2, "newer rodtrad"), (0, "no format number"), (None, "no format number")]
)
def test_a_log_of_another_format_is_refused_and_not_touched(
    tmp_path: Path, number: object, says: str
) -> None:
    line = json.loads(LOGS[0].read_text("utf-8").splitlines()[0]) | {"format": number}
    log = tmp_path / "reviews.jsonl"
    log.write_text(json.dumps(line) + "\n", encoding="utf-8")
    before = log.read_bytes()
    with pytest.raises(WorkspaceError, match=says):
        read_log(log)
    assert log.read_bytes() == before
