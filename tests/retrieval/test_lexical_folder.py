"""Opening the word index of a folder that can only be read."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from rodtrad.retrieval.lexical import LexicalIndex


def test_a_lock_file_made_while_the_links_go_does_not_fail_the_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "words"
    LexicalIndex.create(folder)

    def not_empty(path: str, *, dir_fd: int | None = None) -> None:
        raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY), path)

    monkeypatch.setattr("rodtrad.retrieval.lexical.os.access", lambda *_: False)
    monkeypatch.setattr(os, "rmdir", not_empty)
    assert isinstance(LexicalIndex.open(folder), LexicalIndex)
    assert stat.S_ISDIR(folder.stat().st_mode)
