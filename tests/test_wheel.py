"""The built package works on its own: no repository around, no development tools, another field.

The wheel goes into a virtual environment of its own. Its dependencies are lent from the present
environment by path, so that no index is asked; that the package comes from the wheel is checked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
BIN = "Scripts" if os.name == "nt" else "bin"

STRATEGY = """\
# Handlingsplan mot antibiotikaresistens 2027–2029

Regeringens handlingsplan

## 1 Inledning

Antibiotikaresistens är ett hot mot människors och djurs hälsa som inte stannar vid gränser mellan
länder eller sektorer. Planen bygger vidare på strategin från 2020.

## 2 Åtgärder

### 2.1 Uppdrag till Folkhälsomyndigheten att stärka övervakningen av resistenta bakterier

Folkhälsomyndigheten har i uppdrag att bygga ut övervakningen av resistenta bakterier till alla
regioner och att varje år publicera resultaten. Uppdraget ska redovisas till Regeringskansliet
(Socialdepartementet) senast den 31 december 2028 (S2026/00417).

### 2.2 Uppdrag till Statens jordbruksverk om antibiotika till livsmedelsproducerande djur

Statens jordbruksverk har i uppdrag att tillsammans med Statens veterinärmedicinska anstalt ta fram
vägledning till veterinärer om återhållsam användning av antibiotika till djur. Uppdraget ska
slutredovisas senast den 1 mars 2028.

### 2.3 Medel till forskning om nya antibiotika

Vetenskapsrådet tilldelas 40 000 000 kronor för forskning om nya antibiotika och om modeller som
gör det lönsamt att utveckla dem.
"""

DEMANDS = """\
id;text;issuer
K1;Extend surveillance of resistant bacteria to all regions and publish the results.;Council
K2;Veterinärer bör få vägledning om återhållsam användning av antibiotika till djur.;Myndigheten
K3;Öka bemanningen vid landets djurparker.;Myndigheten
"""


def run(*words: str | Path, cwd: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def records(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling", reason="pip install 'rodtrad[dev]'")
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (found,) = folder.glob("rodtrad-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a new environment with the wheel and borrowed dependencies."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    python = folder / BIN / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    borrowed = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (Path(own.strip()) / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    return python.parent


def test_the_wheel_holds_the_package_and_its_data_alone(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    outside = [n for n in names if not n.startswith("rodtrad/") and ".dist-info/" not in n]
    assert outside == []
    data = {
        path.relative_to(ROOT / "nlp").as_posix()
        for path in (ROOT / "nlp/rodtrad").rglob("*")
        if path.parent.name == "data" and path.is_file()
    }
    assert len(data) > 30
    assert data <= set(names)
    assert "rodtrad/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_package_comes_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    shown = run(installed / "python", "-c", "import rodtrad; print(rodtrad.__file__)", cwd=tmp_path)
    assert Path(shown.strip()).is_relative_to(installed.parent)
    assert "--as-of" in run(installed / "rodtrad", "trace", "--help", cwd=tmp_path)


def test_a_new_folder_in_another_field(installed: Path, tmp_path: Path) -> None:
    plan, demands = tmp_path / "antibiotikaplan.md", tmp_path / "krav.csv"
    plan.write_text(STRATEGY, encoding="utf-8")
    demands.write_text(DEMANDS, encoding="utf-8")
    rodtrad, place = installed / "rodtrad", tmp_path / "antibiotika"
    run(rodtrad, "init", place, cwd=tmp_path)
    (added,) = records(run(rodtrad, "add", plan, "-w", place, "--json", cwd=tmp_path))
    assert (added["id"], added["kind"]) == ("antibiotikaplan", "handlingsplan")
    (built,) = records(run(rodtrad, "build", "--json", cwd=place))
    assert (built["status"], built["statements"]) == ("built", 3)
    words = ("trace", "--from-file", demands, "--to", "antibiotikaplan", "--as-of", "2027-01-01")
    lines = records(run(rodtrad, *words, "-o", place / "tabell.html", "--json", cwd=place))
    assert [line["id"] for line in lines] == ["K1", "K2", "K3"]
    best = {line["id"]: line["candidates"][0] for line in lines}
    assert [best["K1"]["measure"], best["K2"]["measure"]] == ["2.1", "2.2"]
    assert max(best["K1"]["probability"], best["K2"]["probability"]) > best["K3"]["probability"]
    assert lines[2]["links"] == []
    source = run(rodtrad, "text", "antibiotikaplan", cwd=place)
    for line in lines:
        for candidate in line["candidates"]:
            end = candidate["evidence"]["to"]
            assert source[end["start"] : end["end"]] == end["quote"]
    assert "Folkhälsomyndigheten" in (place / "tabell.html").read_text(encoding="utf-8")
