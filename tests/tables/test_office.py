"""The files as the programs themselves read them: LibreOffice turns them into PDF."""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from rodtrad.tables.writers import write_table
from tables import sample

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
# The checks of the project must not pass because a program is missing: there the tests fail.
MUST_RUN = os.environ.get("CI") == "true"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None and not MUST_RUN, reason="LibreOffice is not installed"),
]


def printed_pages(paths: list[Path]) -> list[list[str]]:
    """The texts of the pages of files printed by LibreOffice, with a profile of its own."""
    assert OFFICE, "install LibreOffice: apt-get install libreoffice-calc libreoffice-writer"
    folder = paths[0].parent
    subprocess.run(
        [
            OFFICE,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    readers = [pypdf.PdfReader(path.with_suffix(".pdf")) for path in paths]
    return [[" ".join(page.extract_text().split()) for page in r.pages] for r in readers]


def printed(paths: list[Path]) -> list[str]:
    """The texts of whole files."""
    return [" ".join(pages) for pages in printed_pages(paths)]


def test_libreoffice_opens_and_prints_excel_and_word(tmp_path: Path) -> None:
    endings = ("xlsx", "docx")
    paths = [write_table(sample.table(), tmp_path / f"{e}-tabell.{e}") for e in endings]
    for text in printed(paths):
        assert "Ju2025/01324" in text
        assert "redovisning ej funnen" in text
        assert "Ingen motsvarighet hittad" in text
    assert "människohandel 2026–2028, avsnitt 4.3.1" in text, "footnotes are printed"
    assert "· 2 (" in text, "pages are numbered"


def test_a_marking_is_printed_on_every_page(tmp_path: Path) -> None:
    infos = {**sample.DOCUMENTS, sample.PLAN: replace(sample.DOCUMENTS[sample.PLAN],
                                                      marking="sekretess")}  # fmt: skip
    table = sample.table(documents=infos)
    paths = [write_table(table, tmp_path / f"{e}-tabell.{e}") for e in ("xlsx", "docx")]
    for pages in printed_pages(paths):
        assert len(pages) > 3
        assert all("sekretess" in page for page in pages)
