"""Type sizes and weights of a document: what is running text, and what stands out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rodtrad.ingest.lines import Line

Look = tuple[float, bool] | None
_LARGER = 1.07
_LEAST_SHARE = 0.55


@dataclass(frozen=True, slots=True)
class Typography:
    """How running text is set: size in points, weight, right edge; nothing for files without fonts.

    `decides` says whether lines that stand out are there to be told from the others.
    """

    size: float | None = None
    bold: bool = False
    right: float | None = None
    decides: bool = False

    def stands_out(self, line: Line) -> bool:
        """Whether a line is larger or bolder than running text."""
        if self.size is None or line.size is None:
            return False
        return line.size > _LARGER * self.size or (
            line.bold and not self.bold and self._usual(line)
        )

    def _usual(self, line: Line) -> bool:
        return line.size is not None and self.size is not None and line.size > 0.85 * self.size

    def look(self, line: Line) -> Look:
        """Size and weight of a line that stands out, for comparing headings; None otherwise."""
        if not self.stands_out(line) or line.size is None:
            return None
        return (float(round(line.size)), line.bold)

    def alike(self, line: Line, other: Line) -> bool:
        """Whether two lines are set in the same type."""
        if line.size is None or other.size is None:
            return False
        return abs(line.size - other.size) <= 0.06 * line.size and line.bold == other.bold

    def changes(self, before: Line, line: Line) -> bool:
        """Whether one of two neighbours stands out and is set otherwise than the other."""
        if self.size is None or self.alike(before, line):
            return False
        return self.stands_out(before) or self.stands_out(line)


NO_TYPOGRAPHY = Typography()


def measure_typography(lines: Sequence[Line]) -> Typography:
    """The type of the running text: the commonest size and weight, counted in characters."""
    sizes: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        if line.size is not None:
            sizes[(line.size, line.bold)] += len(line.text)
    if not sizes:
        return Typography()
    (size, bold), count = sizes.most_common(1)[0]
    found = Typography(size, bold, _right_edge(lines, size))
    apart = sum(found.stands_out(line) for line in lines)
    near = sum(n for (s, b), n in sizes.items() if abs(s - size) < 0.07 * size and b == bold)
    decides = apart >= 2 and near >= _LEAST_SHARE * sizes.total() and count > 0
    return Typography(size, bold, found.right, decides)


def _right_edge(lines: Sequence[Line], size: float) -> float | None:
    """Where full lines of running text end, in points: the ninth decile."""
    edges = sorted(line.right for line in lines if line.size == size and line.right is not None)
    return edges[int(len(edges) * 0.9)] if edges else None
