"""Golden files: what a writer made of the sample, kept beside the tests.

Set RODTRAD_REGENERATE=1 to write them anew after a wanted change, and read the difference in git
before committing it.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).with_name("golden")
SWITCH = "RODTRAD_REGENERATE"


def regenerating() -> bool:
    return os.environ.get(SWITCH) == "1"


def check(name: str, content: bytes) -> None:
    path = FOLDER / name
    if regenerating():
        FOLDER.mkdir(exist_ok=True)
        path.write_bytes(content)
    assert path.read_bytes() == content, f"{name} has changed; see tests/tables/golden.py"
