"""Charts drawn with matplotlib, for notebooks: each is a picture with words for those who see none.

Importing this module needs the extra `notebook`. The figures of `rodtrad.tables.figures` need
nothing and are what the commands write; here is what an analyst changes freely.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from rodtrad.errors import UsageError
from rodtrad.pipeline.display import Html

if TYPE_CHECKING:
    from rodtrad.pipeline.display_trace import Trace

BLUE, INK = "#2f6ca8", "#1b1f24"
STATUS_LOOKS = {
    "covered": ("#2f6ca8", ""),
    "partly": ("#8fb5da", "//"),
    "unresolved": ("#d5d9df", ".."),
    "gap": ("#ffffff", "xx"),
}


def pyplot() -> Any:
    """matplotlib's pyplot, drawing to memory.

    Raises:
        UsageError: matplotlib is not installed; the sentence says how to.
    """
    try:
        import matplotlib
    except ImportError as error:
        raise UsageError(
            "charts need matplotlib, which is not installed; run: pip install 'rodtrad[notebook]'"
        ) from error
    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    return plt


def picture(figure: Any, words: str) -> Html:
    """A matplotlib figure as an image with `words` as its text alternative; closes the figure."""
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=110, bbox_inches="tight", facecolor="white")
    pyplot().close(figure)
    source = base64.b64encode(data.getvalue()).decode("ascii")
    alternative = escape(words, quote=True)
    html = (
        f'<figure style="margin:0"><img alt="{alternative}" style="max-width:100%" '
        f'src="data:image/png;base64,{source}"><figcaption>{escape(words)}</figcaption></figure>'
    )
    return Html(html, words)


def bars(counts: Mapping[str, float], *, title: str, words: str) -> Html:
    """Horizontal bars in the order given, each with its number."""
    figure, axes = pyplot().subplots(figsize=(8, 0.6 + 0.32 * len(counts)))
    drawn = axes.barh(list(counts), list(counts.values()), color=BLUE)
    axes.bar_label(drawn, padding=3, color=INK)
    axes.invert_yaxis()
    axes.set_title(title, loc="left")
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.set_xticks([])
    return picture(figure, words)


def heat_map(trace: Trace) -> Html:
    """Probabilities of all candidates, accepted links marked with a dot.

    Every pair that was held together has its shade, not only the links that were accepted: it
    shows what nearly became a link.
    """
    table = trace.matrix_frame()
    figure, axes = pyplot().subplots(figsize=(0.27 * table.shape[1] + 2, 0.3 * len(table) + 1))
    image = axes.imshow(table.to_numpy(float), cmap="Blues", vmin=0, vmax=1, aspect="auto")
    axes.set_xticks(range(table.shape[1]), table.columns, rotation=90, fontsize=8)
    axes.set_yticks(range(len(table)), table.index, fontsize=8)
    places = {name: number for number, name in enumerate(table.columns)}
    dots = [(places[c.measure], y) for y, line in enumerate(trace) for c in line.links]
    if dots:
        axes.scatter(*zip(*dots, strict=True), color="#ffffff", edgecolor=INK, s=28)
    figure.colorbar(image, ax=axes, fraction=0.025, pad=0.01)
    words = (
        f"{len(table)} rekommendationer (rader) mot {table.shape[1]} åtgärder (kolumner); "
        f"mörkare betyder högre sannolikhet, prick betyder godtaget samband ({len(dots)} stycken)."
    )
    return picture(figure, words)


def status_bar(trace: Trace) -> Html:
    """One bar divided by status, told apart by pattern as well as shade."""
    terms = trace.table.terms
    counts = {s: sum(line.status == s for line in trace) for s in STATUS_LOOKS}
    figure, axes = pyplot().subplots(figsize=(8, 1.1))
    left = 0
    for status, count in counts.items():
        color, hatch = STATUS_LOOKS[status]
        label = f"{terms.value('status', status)} ({count})"
        axes.barh([0], [count], left=left, color=color, hatch=hatch, edgecolor=INK, label=label)
        left += count
    axes.axis("off")
    axes.legend(ncols=2, loc="upper center", bbox_to_anchor=(0.5, 0), frameon=False)
    told = ", ".join(f"{terms.value('status', s)} {count}" for s, count in counts.items())
    return picture(figure, f"{len(trace)} rekommendationer: {told}.")
