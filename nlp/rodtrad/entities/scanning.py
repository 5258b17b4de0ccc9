"""Where plain strings occur: finding them first keeps careful patterns off most of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def occurrences(text: str, needles: Iterable[str]) -> Iterator[int]:
    """Offsets at which any of `needles` begins, in order, each once.

    `str.find` reads a text some hundred times faster than a regular expression that can begin
    anywhere, which is what the speed of the extractors rests on.
    """
    found: set[int] = set()
    for needle in needles:
        at = text.find(needle)
        while at >= 0:
            found.add(at)
            at = text.find(needle, at + 1)
    return iter(sorted(found))
