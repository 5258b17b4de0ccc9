"""The reliability picture: how sure the tracing was, and how often it was right.

A point a tenth of probability, the larger the more pairs it holds; on the diagonal what is 70 %
sure is right seven times of ten. Written as SVG, or as an HTML page with the same numbers in a
table.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from rodtrad.errors import UsageError
from rodtrad.evaluation.metrics import Bin, calibration_error
from rodtrad.workspace import write_atomically

_SIDE, _EDGE = 400, 60  # the square of the plot and the room for its labels, in pixels
_LEAST, _GROWTH, _LARGEST = 3.0, 0.8, 22.0  # radius of a point: least + growth·√pairs, at most


def save_reliability(path: Path, bins: Sequence[Bin], *, title: str) -> None:
    """Write the picture; the ending decides (.svg or .html).

    Raises:
        UsageError: another ending.
    """
    kinds = {".svg": reliability_svg, ".html": reliability_page}
    writer = kinds.get(path.suffix.lower())
    if writer is None:
        raise UsageError(f"{path}: the reliability picture is saved as .svg or .html.")
    write_atomically(path, writer(bins, title=title).encode("utf-8"))


def reliability_svg(bins: Sequence[Bin], *, title: str) -> str:
    """The picture as SVG; its description says the numbers for those who cannot see it."""
    said = "; ".join(f"{b.predicted:.2f}: {b.observed:.2f} ({b.n})" for b in bins)
    width = _SIDE + 2 * _EDGE
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" '
        f'viewBox="0 0 {width} {width}" width="{width}" height="{width}" font-family="sans-serif">',
        f'<title id="t">{escape(title)}</title>',
        f'<desc id="d">predicted: observed (pairs) {escape(said)}</desc>',
        f'<rect width="{width}" height="{width}" fill="#fff"/>',
        f'<text x="{_EDGE}" y="30" font-size="14">{escape(title)}</text>',
        *_axes(),
        *(_point(b) for b in bins),
        "</svg>",
    ]
    return "\n".join(pieces) + "\n"


def _axes() -> list[str]:
    low, high = _EDGE, _EDGE + _SIDE
    pieces = [
        f'<path d="M{low} {low}V{high}H{high}" fill="none" stroke="#333"/>',
        f'<path d="M{low} {high}L{high} {low}" stroke="#767676" stroke-dasharray="4 4"/>',
        f'<text x="{low + _SIDE / 2}" y="{high + 45}" font-size="13" text-anchor="middle">'
        "förutsagd sannolikhet / predicted</text>",
        f'<text x="18" y="{low + _SIDE / 2}" font-size="13" text-anchor="middle" '
        f'transform="rotate(-90 18 {low + _SIDE / 2})">andel länkar / observed</text>',
    ]
    for tenth in range(0, 11, 2):
        value = f"{tenth / 10:.1f}"
        x, y = _place(tenth / 10, tenth / 10)
        pieces.append(
            f'<text x="{x:.1f}" y="{high + 20}" font-size="12" text-anchor="middle">{value}</text>'
        )
        pieces.append(
            f'<text x="{low - 8}" y="{y + 4:.1f}" font-size="12" text-anchor="end">{value}</text>'
        )
    return pieces


def _place(predicted: float, observed: float) -> tuple[float, float]:
    return _EDGE + _SIDE * predicted, _EDGE + _SIDE * (1.0 - observed)


def _point(one: Bin) -> str:
    x, y = _place(one.predicted, one.observed)
    radius = min(_LEAST + _GROWTH * one.n**0.5, _LARGEST)
    label = f"{one.predicted:.2f} → {one.observed:.2f} ({one.n})"
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#1f4e79" fill-opacity="0.75">'
        f"<title>{label}</title></circle>"
    )


def reliability_page(bins: Sequence[Bin], *, title: str) -> str:
    """The picture and its numbers as an HTML page."""
    rows = "".join(
        f"<tr><td>{b.low:.1f}–{b.high:.1f}</td><td>{b.predicted:.2f}</td>"
        f"<td>{b.observed:.2f}</td><td>{b.n}</td></tr>"
        for b in bins
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}'
        f"</title></head><body><h1>{escape(title)}</h1>"
        f"<p>Expected calibration error {calibration_error(bins):.3f}.</p>"
        f"{reliability_svg(bins, title=title)}"
        "<table><caption>Pairs by probability</caption><thead><tr>"
        + "".join(
            f'<th scope="col">{head}</th>' for head in ("band", "predicted", "observed", "pairs")
        )
        + f"</tr></thead><tbody>{rows}</tbody></table></body></html>\n"
    )
