from pathlib import Path

import pytest

from rodtrad.errors import WorkspaceError
from rodtrad.ingest.catalogue import CatalogueEntry, append_entries, read_catalogue, slug
from rodtrad.workspace import Workspace, find_workspace, init_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return init_workspace(tmp_path / "arbete")


def write(workspace: Workspace, name: str, text: str = "Text.") -> Path:
    path = workspace.corpus / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path.resolve()


def test_files_nobody_catalogued_are_taken_up(workspace: Workspace) -> None:
    path = write(workspace, "sources/remissvar/Svar från Skåne.txt")
    (entry,) = read_catalogue(workspace)
    assert (entry.id, entry.file) == ("svar-från-skåne", path)


def test_a_toml_beside_the_file_describes_it(workspace: Workspace) -> None:
    write(workspace, "sources/beslut.txt")
    write(workspace, "sources/beslut.toml", 'dnr = "A2025/00637"\nid = "uppdraget"\n')
    (entry,) = read_catalogue(workspace)
    assert (entry.id, entry.values) == ("uppdraget", {"dnr": "A2025/00637"})


def test_what_is_appended_is_read_back_and_the_rest_is_kept(workspace: Workspace) -> None:
    path = write(workspace, "sources/plan.txt")
    workspace.catalog.write_text("# min anteckning\n", encoding="utf-8")
    values = {"title": 'Plan "A" \\ för\nåtgärder', "kind": "handlingsplan"}
    append_entries(workspace, [CatalogueEntry("plan", path, values, "ab" * 32)])
    assert workspace.catalog.read_text(encoding="utf-8").startswith("# min anteckning\n")
    (entry,) = read_catalogue(workspace)
    assert entry == CatalogueEntry("plan", path, values, "ab" * 32)


@pytest.mark.parametrize(
    ("catalog", "says"),
    [
        ('[[document]]\nid = "x"\n', "no 'file'"),
        ('[[document]]\nfile = "../utanför.txt"\n', "outside the corpus"),
        ('[[document]]\nfile = "a.txt"\nid = "a/b"\n', "letters, digits"),
        ('[[document]]\nfile = "a.txt"\n[[document]]\nfile = "b/a.txt"\n', "used for"),
        ("[[document]\n", "not valid TOML"),
        ('[document]\nfile = "a.txt"\n', r"\[\[document\]\]"),
    ],
)
def test_a_damaged_catalogue_is_named(workspace: Workspace, catalog: str, says: str) -> None:
    workspace.catalog.write_text(catalog, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=says):
        read_catalogue(workspace)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Redovisning 2024 (slutlig)", "redovisning-2024-slutlig"),
        ("SOU 2025:119", "sou-2025-119"),
        ("...", "dokument"),
        ("å" * 300, "å" * 120),
    ],
)
def test_ids_are_readable(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_the_nearest_workspace_upward_is_found(workspace: Workspace) -> None:
    below = workspace.root / "a" / "b"
    below.mkdir(parents=True)
    assert find_workspace(below).root == workspace.root


def test_another_projects_corpus_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    with pytest.raises(WorkspaceError, match="no workspace"):
        find_workspace(tmp_path)
