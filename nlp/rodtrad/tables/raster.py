"""Pictures as PNG, without a program or typeface of the machine.

A picture's shapes are few (lines, rectangles, circles, diamonds, texts). They are written as a page
of PDF, whose standard typeface the PDF engine brings along, and that page is drawn. Words outside
the Latin alphabet, which the typeface lacks, become question marks: take .svg for them.
"""

from __future__ import annotations

import math
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from rodtrad.tables.picture import HEAD, Figure

if TYPE_CHECKING:
    import numpy as np

SCALE = 2.0
MOST_PIXELS = 40_000_000
_SVG = "{http://www.w3.org/2000/svg}"
_ROUND = 0.5522847498  # of the radius: where the handles of a quarter circle stand
# Advance widths of Helvetica, in thousandths of the size, for the characters 32 to 126.
_WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_WIDER = {"…": 1000, "—": 1000, "’": 222, "‘": 222, "”": 333, "“": 333, "§": 556, "æ": 889}
_OTHER_WIDTH = 556
_BOLD = 1.09  # bold letters are wider: at most by this in words of Swedish and English
Shape = ElementTree.Element


def png_bytes(figure: Figure) -> bytes:
    """A picture as a PNG file, its title and alternative inside; twice the size in pixels.

    A picture so large that it would take more than 40 million pixels is drawn smaller.
    """
    import pypdfium2

    scale = min(SCALE, math.sqrt(MOST_PIXELS / (figure.width * (figure.height + HEAD))))
    document = pypdfium2.PdfDocument(pdf_page(figure))
    try:
        bitmap = document[0].render(scale=scale, rev_byteorder=True)
        return _png(bitmap.to_numpy(), figure)
    finally:
        document.close()


def _png(pixels: np.ndarray[tuple[int, int, int], np.dtype[np.uint8]], figure: Figure) -> bytes:
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels[:, :, :3])
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    texts = [("Title", figure.title), ("Description", figure.description)]
    return b"".join((
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", header),
        *(_chunk(b"iTXt", _itxt(name, words)) for name, words in texts),
        _chunk(b"IDAT", zlib.compress(rows, 9)),
        _chunk(b"IEND", b""),
    ))  # fmt: skip


def _itxt(name: str, words: str) -> bytes:
    return name.encode("latin-1") + b"\0\0\0\0\0" + words.encode("utf-8", "replace")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pdf_page(figure: Figure) -> bytes:
    """The picture as a PDF of one page, a point a pixel."""
    root = ElementTree.fromstring(figure.svg())  # noqa: S314 our own output
    # SVG counts downwards from the top, PDF upwards from the bottom. The head of the picture
    # stands above SVG's zero, which is this page's figure.height.
    drawing = [f"1 0 0 -1 0 {figure.height} cm", *_drawn(root)]
    content = "\n".join(drawing).encode("cp1252", "replace")
    fonts = "".join(
        f"/F{n} <</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>"
        for n, name in ((1, "Helvetica"), (2, "Helvetica-Bold"))
    )
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {figure.width} {figure.height + HEAD}]"
        f"/Contents 4 0 R/Resources<</Font<<{fonts}>>>>>>"
    )
    return _pdf_file([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page.encode("ascii"),
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
    ])  # fmt: skip


def _pdf_file(objects: list[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, len(data))
    )


def _drawn(root: Shape) -> Iterator[str]:
    """The drawing operators of the shapes, in order."""
    painters = {"rect": _rectangle, "line": _line, "circle": _circle, "path": _diamond}
    for shape in root.iter():
        name = str(shape.tag).removeprefix(_SVG)
        if name == "text":
            yield _text(shape)
        elif name in painters:
            outline = painters[name](shape)
            yield f"q {_look(shape)} {outline} {_paint(shape)} Q"


def _number(shape: Shape, name: str, default: float = 0) -> float:
    return float(shape.get(name, default))


def _colour(value: str) -> str:
    return " ".join(f"{int(value[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))


def _look(shape: Shape) -> str:
    parts = [f"{_number(shape, 'stroke-width', 1):g} w"]
    if fill := shape.get("fill"):
        parts.append(f"{_colour(fill)} rg")
    if stroke := shape.get("stroke"):
        parts.append(f"{_colour(stroke)} RG")
    if dashes := shape.get("stroke-dasharray"):
        parts.append(f"[{dashes}] 0 d")
    return " ".join(parts)


def _paint(shape: Shape) -> str:
    filled, stroked = shape.get("fill") is not None, shape.get("stroke") is not None
    return "B" if filled and stroked else "f" if filled else "S"


def _rectangle(shape: Shape) -> str:
    place = (_number(shape, name) for name in ("x", "y", "width", "height"))
    return " ".join(f"{value:g}" for value in place) + " re"


def _line(shape: Shape) -> str:
    x1, y1, x2, y2 = (_number(shape, name) for name in ("x1", "y1", "x2", "y2"))
    return f"{x1:g} {y1:g} m {x2:g} {y2:g} l"


def _circle(shape: Shape) -> str:
    x, y, r = (_number(shape, name) for name in ("cx", "cy", "r"))
    parts = [f"{x + r:g} {y:g} m"]
    for quarter in range(4):
        cos, sin = (round(f(quarter * math.pi / 2)) for f in (math.cos, math.sin))
        # The end of this quarter is its beginning turned by a right angle.
        handles = ((cos - _ROUND * sin, sin + _ROUND * cos),
                   (_ROUND * cos - sin, _ROUND * sin + cos), (-sin, cos))  # fmt: skip
        parts.append(" ".join(f"{x + r * u:.3f} {y + r * v:.3f}" for u, v in handles) + " c")
    return " ".join(parts) + " h"


def _diamond(shape: Shape) -> str:
    """A path of one M and relative l: the only kind our pictures have."""
    start, *steps = re.findall(r"[Ml]\s*(-?[\d.]+)[ ,]?(-?[\d.]+)", shape.get("d", ""))
    x, y = (float(value) for value in start)
    parts = [f"{x:g} {y:g} m"]
    for right, down in steps:
        x, y = x + float(right), y + float(down)
        parts.append(f"{x:g} {y:g} l")
    return " ".join(parts) + " h"


def _text(shape: Shape) -> str:
    words = _encodable("".join(shape.itertext()))
    size = _number(shape, "font-size", 13)
    x, y, angle = _number(shape, "x"), _number(shape, "y"), 0.0
    if turned := re.match(r"translate\((\S+) (\S+)\) rotate\((\S+)\)", shape.get("transform", "")):
        x, y, angle = (float(value) for value in turned.groups())
    back = {"end": 1.0, "middle": 0.5}.get(shape.get("text-anchor", ""), 0.0)
    is_bold = shape.get("font-weight") == "bold"
    x -= back * text_width(words, size) * (_BOLD if is_bold else 1)
    cos, sin = (f(math.radians(angle)) for f in (math.cos, math.sin))
    font = "F2" if is_bold else "F1"
    escaped = re.sub(r"([\\()])", r"\\\1", words)
    return (
        f"BT /{font} {size:g} Tf {_colour(shape.get('fill', '#000000'))} rg "
        f"{cos:.4f} {sin:.4f} {sin:.4f} {-cos:.4f} {x:.2f} {y:.2f} Tm ({escaped}) Tj ET"
    )


def _encodable(words: str) -> str:
    """One line of characters that the standard typeface has; others lose their marks or are "?"."""
    kept = []
    for character in unicodedata.normalize("NFC", " ".join(words.split())):
        plain = unicodedata.normalize("NFD", character)[0]
        kept.append(next((c for c in (character, plain) if _is_latin(c)), "?"))
    return "".join(kept)


def _is_latin(character: str) -> bool:
    return character.isprintable() and len(character.encode("cp1252", "ignore")) == 1


def text_width(words: str, size: float) -> float:
    """How wide Helvetica sets a text, in the unit of `size`.

    >>> text_width("Aa", 10)
    12.23
    """
    total = 0
    for character in words:
        code = ord(unicodedata.normalize("NFD", character)[0])
        plain = _WIDTHS[code - 32] if 32 <= code <= 126 else _OTHER_WIDTH
        total += _WIDER.get(character, plain)
    return total * size / 1000
