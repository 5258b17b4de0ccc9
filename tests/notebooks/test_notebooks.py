"""The notebooks run from first to last cell on the demonstration corpus; git has no outputs."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat", reason="pip install 'rodtrad[notebook]'")
nbclient = pytest.importorskip("nbclient", reason="pip install 'rodtrad[notebook]'")

ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# Jupyter's own parts warn about what they will change next.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def checkout(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the built demonstration corpus with the gold, as in a checkout."""
    folder = tmp_path_factory.mktemp("checkout")
    for part in ("corpus", "indexes"):
        shutil.copytree(demo / part, folder / part)
    shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
    (folder / "notebooks").mkdir()
    return folder


@pytest.fixture(scope="module", autouse=True)
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The kernel of this interpreter, whatever kernels are installed for the user."""
    folder = tmp_path_factory.mktemp("jupyter")
    kernels = Path(sys.prefix) / "share" / "jupyter"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(kernels))
        patch.setenv("IPYTHONDIR", str(folder))
        patch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
        patch.setenv("PYTHONWARNINGS", "error::UserWarning,error::FutureWarning")
        yield


def test_there_are_seven() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06", "07"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_outputs_are_kept(path: Path) -> None:
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    for cell in book.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_told_in_swedish_with_an_english_summary(path: Path) -> None:
    first = nbformat.read(path, as_version=4).cells[0]
    assert first.cell_type == "markdown"
    assert "*English: " in first.source
    readme = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    assert path.name in readme


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path: Path, checkout: Path) -> None:
    book = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        book, timeout=120, resources={"metadata": {"path": str(checkout / "notebooks")}}
    )
    client.execute()
    outputs = [out for cell in book.cells for out in cell.get("outputs", ())]
    assert not [out for out in outputs if out.get("name") == "stderr"]
    shown = [out.data.get("text/html", "") for out in outputs if "data" in out]
    pictures = [html for html in shown if "<svg" in html or "<img" in html]
    assert pictures
    for html in pictures:
        assert "<figcaption>" in html
