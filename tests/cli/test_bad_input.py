"""Bad input gives one clear sentence with the file's name and exit code 2, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def rodtrad(*arguments: str, cwd: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rodtrad", *arguments],
        cwd=cwd,
        env={**os.environ, "RODTRAD_CACHE": str(cache), "COLUMNS": "100"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def one_sentence(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 2, result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, result.stderr
    return lines[0]


BAD_FILES = {
    "tom.txt": b"",
    "blank.txt": b" \n\n\t \n",
    "binar.txt": bytes(range(256)) * 40,
    "inte.pdf": b"%PDF-1.7\nnothing that follows is a PDF",
    "inte.docx": b"PK\x03\x04 not a zip at all",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BAD_FILES[name])
    result = rodtrad("entities", name, "--json", cwd=tmp_path, cache=tmp_path / "cache")
    assert name in one_sentence(result)


@pytest.mark.parametrize("command", ["text", "sections", "entities", "measures", "recommendations"])
def test_a_missing_file_is_named(tmp_path: Path, command: str) -> None:
    result = rodtrad(command, "saknas.pdf", cwd=tmp_path, cache=tmp_path / "cache")
    assert "saknas.pdf" in one_sentence(result)


def test_without_a_workspace_build_says_how_to_make_one(tmp_path: Path) -> None:
    result = rodtrad("build", cwd=tmp_path, cache=tmp_path / "cache")
    assert "rodtrad init" in one_sentence(result)


def test_a_folder_is_not_a_document(tmp_path: Path) -> None:
    (tmp_path / "mapp").mkdir()
    result = rodtrad("text", "./mapp", cwd=tmp_path, cache=tmp_path / "cache")
    assert "mapp" in one_sentence(result)


@pytest.mark.parametrize("day", ["2026-13-01", "i morgon", "20261122x"])
def test_a_day_that_is_none_is_named(tmp_path: Path, day: str) -> None:
    (tmp_path / "plan.md").write_text("# Plan\n\nText om något.\n", encoding="utf-8")
    result = rodtrad("measures", "plan.md", "--as-of", day, cwd=tmp_path, cache=tmp_path / "cache")
    assert day in one_sentence(result)


def test_a_build_names_the_file_that_was_read_in_part(tmp_path: Path) -> None:
    (tmp_path / "gammal.txt").write_bytes("Boverket ska mäta grundvattnet.\n".encode("cp1252"))
    for arguments in (("init", "arbete"), ("add", "gammal.txt", "-w", "arbete")):
        assert rodtrad(*arguments, cwd=tmp_path, cache=tmp_path / "cache").returncode == 0
    result = rodtrad("build", "-w", "arbete", cwd=tmp_path, cache=tmp_path / "cache")
    assert result.returncode == 1
    assert "gammal.txt: the file is not UTF-8" in result.stderr
    assert "filen är inte UTF-8" in " ".join(result.stdout.split())


def test_that_a_file_is_saved_is_said_in_the_table_s_language(tmp_path: Path) -> None:
    text = "Boverket ska redovisa uppdraget senast den 1 mars 2027.\n"
    (tmp_path / "beslut.txt").write_text(text, "utf-8")
    options = ("deadlines", "beslut.txt", "--ics", "d.ics")
    for language, word in (("sv", "sparad"), ("en", "saved")):
        told = rodtrad(*options, "--lang", language, cwd=tmp_path, cache=tmp_path / "cache")
        assert f"d.ics: {word}." in told.stderr
