"""Cases kept as text: what a text holds and what must be found in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parents[1] / "cases"


@dataclass(frozen=True)
class Case:
    """A text and the findings expected in it, as (surface, value as written) pairs."""

    id: str
    text: str
    expected: tuple[tuple[str, str], ...]


def read_cases(folder: str) -> list[Case]:
    """The cases of a folder under tests/cases: text, blank line, `surface => value` lines."""
    cases = []
    for path in sorted((CASES / folder).glob("*.txt")):
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
        for number, block in enumerate("\n".join(lines).split("\n===\n"), 1):
            text, _, rest = block.strip("\n").partition("\n\n")
            pairs = (line.split(" => ") for line in rest.splitlines() if " => " in line)
            expected = tuple((surface, value) for surface, value in pairs)
            cases.append(Case(f"{path.stem}-{number}", text, expected))
    return cases
