"""Type sizes and weights of a document: what is running text, and what stands out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rodtrad.ingest.lines import Line

Look = tuple[float, bool] | None
_LARGER = 1.07
_LEAST_SHARE = 0.55
_COLUMN = 0.2
_APART = 120


@dataclass(frozen=True, slots=True)
class Typography:
    """How running text is set: size in points, weight, right edge; nothing for files without fonts.

    In two columns `gutter` is where the second begins and `inner` the right edge of the first.
    `decides` says whether lines that stand out are there to be told from the others.
    """

    size: float | None = None
    bold: bool = False
    right: float | None = None
    decides: bool = False
    gutter: float | None = None
    inner: float | None = None

    def right_of(self, line: Line) -> float | None:
        """The right edge of the column in which a line stands."""
        first = self.gutter is not None and line.left is not None and line.left < self.gutter
        return self.inner if first else self.right

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
    usual = [line for line in lines if line.size == size]
    found = Typography(size, bold, _right_edge(usual))
    apart = sum(found.stands_out(line) for line in lines)
    near = sum(n for (s, b), n in sizes.items() if abs(s - size) < 0.07 * size and b == bold)
    decides = apart >= 2 and near >= _LEAST_SHARE * sizes.total() and count > 0
    gutter = _gutter(usual)
    first = [line for line in usual if gutter and line.left is not None and line.left < gutter]
    return Typography(size, bold, found.right, decides, gutter, _right_edge(first))


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the second of two columns begins: two left edges, far apart, with most of the lines.

    No line of the first column reaches into the second.
    """
    lefts = Counter(round(line.left) for line in lines if line.left is not None)
    edges = sorted(left for left, n in lefts.most_common(2) if n >= _COLUMN * len(lines))
    if len(edges) < 2 or edges[1] - edges[0] < _APART:
        return None
    inside = [line for line in lines if line.left is not None and line.left < edges[1] - 1]
    over = sum(line.right is not None and line.right > edges[1] for line in inside)
    return edges[1] - 1.0 if over <= 0.1 * len(inside) else None


def _right_edge(lines: Sequence[Line]) -> float | None:
    """Where full lines of running text end, in points: the ninth decile."""
    edges = sorted(line.right for line in lines if line.right is not None)
    return edges[int(len(edges) * 0.9)] if edges else None
