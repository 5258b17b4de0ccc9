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


def many_rows(count: int) -> str:
    rows = (
        f'[[document]]\nid = "d{n}"\nfile = "sources/d{n}.txt"\ndate = 2025-01-02\n'
        f'title = "{"Remiss " * 20}"\n'
        for n in range(count)
    )
    return "\n".join(rows)


def test_a_large_catalogue_is_parsed_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.catalog.write_text(many_rows(700), encoding="utf-8")
    first = read_catalogue(workspace)
    monkeypatch.setattr("rodtrad.settings.tomllib.loads", None)
    assert read_catalogue(workspace) == first
    assert dict(first[0].values)["date"] == "2025-01-02"


def test_a_changed_large_catalogue_is_parsed_again(workspace: Workspace) -> None:
    workspace.catalog.write_text(many_rows(700), encoding="utf-8")
    read_catalogue(workspace)
    workspace.catalog.write_text(many_rows(701), encoding="utf-8")
    assert len(read_catalogue(workspace)) == 701


def test_a_damaged_kept_catalogue_is_parsed_again(workspace: Workspace) -> None:
    workspace.catalog.write_text(many_rows(700), encoding="utf-8")
    first = read_catalogue(workspace)
    (workspace.indexes / "catalogue.json").write_text('{"digest": 1', encoding="utf-8")
    assert read_catalogue(workspace) == first


@pytest.mark.parametrize("name", ["länk/x.txt", "x.txt"])
def test_a_link_out_of_the_corpus_is_refused(workspace: Workspace, name: str) -> None:
    outside = workspace.root / "utanför"
    outside.mkdir()
    (outside / "x.txt").write_text("Ett svar.\n", encoding="utf-8")
    (workspace.corpus / "länk").symlink_to(outside, target_is_directory=True)
    (workspace.corpus / "x.txt").symlink_to(outside / "x.txt")
    workspace.catalog.write_text(f'[[document]]\nfile = "{name}"\n', encoding="utf-8")
    with pytest.raises(WorkspaceError, match="outside the corpus"):
        read_catalogue(workspace)
