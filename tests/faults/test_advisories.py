"""Known weaknesses are found in a downloaded list, without a connection."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from faults.advisories import locked_packages, read_advisories, weaknesses

TESTS = Path(__file__).parents[1]
LOCK = TESTS.parent / "requirements.lock"
# What comes before it ends the process at a connection or a name that is looked up.
WATCHED = """
import runpy, sys
def hook(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        raise SystemExit("opened a connection")
sys.addaudithook(hook)
sys.argv = ["advisories", *sys.argv[1:]]
runpy.run_module("faults.advisories", run_name="__main__")
"""


def advisory(package: str, *events: dict[str, str], **more: Any) -> dict[str, Any]:
    affected = {
        "package": {"ecosystem": "PyPI", "name": package},
        "ranges": [{"type": "ECOSYSTEM", "events": list(events)}],
        "versions": more.pop("versions", []),
    }
    return {"id": "MADE-1", "modified": "2026-11-01T00:00:00Z", "summary": "Läcker minne",
            "affected": [affected], **more}  # fmt: skip


ZERO = {"introduced": "0"}
COMMIT = {"type": "GIT", "events": [{"introduced": "0"}, {"fixed": "abc"}]}


@pytest.mark.parametrize(
    ("version", "record", "is_affected"),
    [
        ("1.9", advisory("lxml", ZERO, {"fixed": "2.0"}), True),
        ("2.0", advisory("lxml", ZERO, {"fixed": "2.0"}), False),
        ("2.0rc1", advisory("lxml", ZERO, {"fixed": "2.0"}), True),
        ("1.10", advisory("lxml", {"introduced": "1.9"}, {"fixed": "1.11"}), True),
        ("1.8", advisory("lxml", {"introduced": "1.9"}, {"fixed": "1.11"}), False),
        ("1.5", advisory("lxml", ZERO, {"last_affected": "1.5"}), True),
        ("1.6", advisory("lxml", ZERO, {"last_affected": "1.5"}), False),
        ("3.1", advisory("lxml", ZERO, {"fixed": "2"}, {"introduced": "3"}, {"fixed": "4"}), True),
        ("2.5", advisory("lxml", ZERO, {"fixed": "2"}, {"introduced": "3"}, {"fixed": "4"}), False),
        ("9.9", advisory("lxml", ZERO), True),
        ("1.0", advisory("lxml", versions=["1.0"]), True),
        ("1.0", advisory("lxml", versions=["1.0.0"]), True),
        ("1.1", advisory("lxml", versions=["1.0", "late"]), False),
        ("1.0", advisory("LXML", ZERO), True),
        ("1.0", advisory("lxml-html", ZERO), False),
        ("1.0", advisory("lxml", ZERO, withdrawn="2026-01-01T00:00:00Z"), False),
    ],
)
def test_whether_a_version_is_affected(
    tmp_path: Path, version: str, record: dict[str, Any], is_affected: bool
) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(record), encoding="utf-8")
    found = weaknesses({"lxml": version}, list(read_advisories(file)))
    assert [one.package for one in found] == ["lxml"] * is_affected


def test_what_cannot_be_compared_is_told() -> None:
    found = weaknesses({"lxml": "1.0"}, [advisory("lxml", ZERO, {"fixed": "the next"})])
    assert [(one.id, one.unclear) for one in found] == [("MADE-1", True)]


def test_other_ecosystems_and_commits_say_nothing_of_us(tmp_path: Path) -> None:
    other = advisory("lxml", ZERO)
    other["affected"][0]["package"]["ecosystem"] = "npm"
    (tmp_path / "a.json").write_text(json.dumps([other]), encoding="utf-8")
    assert list(read_advisories(tmp_path)) == []
    of_commits = advisory("lxml")
    of_commits["affected"][0]["ranges"] = [COMMIT]
    assert weaknesses({"lxml": "1.0"}, [of_commits]) == []


def audit(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WATCHED, str(LOCK), str(path)],
        cwd=TESTS,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_our_lock_against_a_zip_in_a_folder(tmp_path: Path) -> None:
    version = locked_packages(LOCK)["lxml"]
    sound = advisory("numpy", ZERO, {"fixed": "0.1"})
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as package:
        package.writestr("MADE-2.json", json.dumps(sound))
    done = audit(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 advisories (newest 2026-11-01): 0 that affect us" in done.stdout
    known = advisory("lxml", {"introduced": version}, {"fixed": "999"})
    (tmp_path / "MADE-1.json").write_text(json.dumps(known), encoding="utf-8")
    done = audit(tmp_path)
    assert done.returncode == 1
    assert f"lxml {version}: MADE-1, Läcker minne; mended in 999." in done.stdout


@pytest.mark.parametrize("content", [None, "[]", "no json"])
def test_nothing_to_compare_with_is_no_clean_bill(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "a.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    done = audit(file)
    assert done.returncode == 2
    assert "nothing was looked up" in done.stderr
