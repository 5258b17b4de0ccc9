from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest

from rodtrad.retrieval.encoders.kept import cache_root, kept_folder


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RODTRAD_CACHE", str(tmp_path / "root"))
    return tmp_path / "root"


class Maker:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self, folder: Path) -> None:
        self.times += 1
        (folder / "inner").mkdir()
        (folder / "inner" / "content.bin").write_bytes(b"weights" * 1000)


def test_the_environment_names_the_root(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_root() == root
    monkeypatch.delenv("RODTRAD_CACHE")
    assert cache_root() != root
    assert cache_root().name in ("rodtrad", "Cache")


def test_a_folder_is_made_once(root: Path) -> None:
    maker = Maker()
    first = kept_folder("model", maker)
    assert kept_folder("model", maker) == first == root / "model"
    assert maker.times == 1


@pytest.mark.parametrize("damage", ["changed", "cut", "removed", "added", "no manifest"])
def test_a_damaged_folder_is_made_anew(damage: str, caplog: pytest.LogCaptureFixture) -> None:
    maker = Maker()
    content = kept_folder("model", maker) / "inner" / "content.bin"
    good = content.read_bytes()
    match damage:
        case "changed":
            content.write_bytes(b"W" + good[1:])
        case "cut":
            content.write_bytes(good[:-1])
        case "removed":
            content.unlink()
        case "added":
            content.with_name("other.bin").write_bytes(b"")
        case "no manifest":
            (content.parents[1] / "manifest.json").unlink()
    with caplog.at_level(logging.WARNING):
        kept_folder("model", maker)
    assert content.read_bytes() == good
    assert maker.times == 2
    assert "made anew" in caplog.text


def test_a_failed_making_leaves_nothing(root: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept_folder("model", fail)
    assert [path.name for path in root.iterdir() if path.is_dir()] == []


def test_those_who_want_it_at_once_get_one_folder() -> None:
    maker = Maker()
    threads = [threading.Thread(target=kept_folder, args=("model", maker)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert maker.times == 1
