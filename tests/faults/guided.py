"""Reads files that a coverage-guided fuzzer (atheris) makes up.

`python -m faults.guided html -max_total_time=600` (from tests/, with atheris installed: it is no
dependency, since it has wheels for Linux only). What comes after the target goes to the engine. An
input that shows a fault ends the run and is kept by the engine as `crash-…`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

# Target of `faults.targets` and ending, by the name given on the command line.
CHOICES = {
    "html": ("document", "html"),
    "markdown": ("document", "md"),
    "text": ("document", "txt"),
    "csv": ("list", "csv"),
    "catalogue": ("catalogue", "toml"),
    "settings": ("settings", "toml"),
    "log": ("log", "jsonl"),
    "sheet": ("sheet", "csv"),
}
# What reads the bytes; all that follows would only make it slower.
WATCHED = ["rodtrad.ingest", "rodtrad.review", "rodtrad.settings", "rodtrad.statements.lists"]


def main() -> None:
    """Run from the command line."""
    atheris: Any = import_module("atheris")
    with atheris.instrument_imports(include=WATCHED):
        targets: Any = import_module("faults.targets")
    name = sys.argv[1]
    target, ending = CHOICES[name]
    folder = Path(tempfile.mkdtemp())
    place = targets.make_workspace(folder / "w")
    seeds = folder / "seeds"
    seeds.mkdir()
    for number, (kind, data) in enumerate(targets.all_seeds(place)[target].items()):
        if kind == ending:
            (seeds / str(number)).write_bytes(data)
    file = folder / f"input.{ending}"
    # Not below the seeds: what the engine keeps goes into the first folder it is given.
    kept = Path(os.environ.get("RODTRAD_FUZZ_KEPT", folder)) / f"kept-{name}"
    kept.mkdir(parents=True, exist_ok=True)

    def read(data: bytes) -> None:
        file.write_bytes(data)
        targets.outcome(target, place, file)

    usual = ["-timeout=30", "-rss_limit_mb=4096", "-max_len=20000"]
    atheris.Setup([sys.argv[0], *usual, *sys.argv[2:], str(kept), str(seeds)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
