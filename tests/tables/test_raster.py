import struct
import zlib
from dataclasses import replace

import numpy as np
import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodtrad.tables.figures import coverage_map, deadline_timeline, link_network
from rodtrad.tables.markup import element, join
from rodtrad.tables.picture import HEAD, Figure, label
from rodtrad.tables.raster import pdf_page, png_bytes, text_width
from tables import sample

FIGURES = {
    "coverage": coverage_map(sample.table()),
    "network": link_network(sample.table()),
    "timeline": deadline_timeline(sample.deadline_records(), as_of=sample.AS_OF),
}


def chunks(data: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    place = 8
    while place < len(data):
        (size,) = struct.unpack_from(">I", data, place)
        kind, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        (check,) = struct.unpack_from(">I", data, place + 8 + size)
        assert check == zlib.crc32(kind + content)
        found[kind] = found.get(kind, b"") + content
        place += 12 + size
    return found


def pixels(figure: Figure) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    parts = chunks(png_bytes(figure))
    width, height = struct.unpack_from(">II", parts[b"IHDR"])
    rows = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, 1 + 3 * width)
    return rows[:, 1:].reshape(height, width, 3)


@pytest.mark.parametrize("name", FIGURES)
def test_a_png_has_the_size_the_words_and_something_to_see(name: str) -> None:
    figure = FIGURES[name]
    parts = chunks(png_bytes(figure))
    assert struct.unpack_from(">II", parts[b"IHDR"]) == (
        2 * figure.width,
        2 * (figure.height + HEAD),
    )
    assert figure.alternative.encode() in parts[b"iTXt"]
    drawn = pixels(figure)
    assert (drawn[0, 0] == 255).all()
    assert 0.001 < (drawn < 128).mean() < 0.5


def one(shape: object) -> Figure:
    return Figure("t", "a", 100, 60, join([shape]))


def below_head(figure: Figure) -> np.ndarray:
    """The picture's pixels without its head."""
    return pixels(figure)[2 * HEAD :]


def test_shapes_stand_where_svg_puts_them() -> None:
    square = below_head(one(element("rect", x=10, y=20, width=30, height=10, fill="#000000")))
    dark = np.argwhere(square[:, :, 0] < 128)
    assert dark.min(axis=0).tolist() == [40, 20]
    assert dark.max(axis=0).tolist() == [59, 79]
    dot = below_head(one(element("circle", cx=50, cy=30, r=10, fill="#000000")))
    dark = np.argwhere(dot[:, :, 0] < 128)
    assert abs(dark.mean(axis=0) - [59.5, 99.5]).max() < 1
    assert abs(len(dark) - np.pi * 20**2) < 40
    diamond = below_head(one(element("path", d="M50.0 24.0l6 6l-6 6l-6 -6z", fill="#000000")))
    dark = np.argwhere(diamond[:, :, 0] < 128)
    assert abs(dark.mean(axis=0) - [59.5, 99.5]).max() < 1


def test_text_ends_at_its_anchor() -> None:
    drawn = below_head(one(label(90, 40, "Återfall", text_anchor="end")))
    dark = np.argwhere(drawn[:, :, 0] < 128)
    assert abs(int(dark[:, 1].max()) - 180) <= 4
    assert dark[:, 0].max() <= 82


def test_swedish_letters_and_signs_survive() -> None:
    words = "ÅÄÖ åäö é – … ” (a\\b) §"
    page = pdf_page(Figure("t", "a", 400, 60, join([label(5, 40, words)])))
    document = pypdfium2.PdfDocument(page)
    assert document[0].get_textpage().get_text_bounded().split("\r\n")[-1].strip() == words
    document.close()


def test_a_bold_text_set_from_the_right_is_not_cut() -> None:
    figure = replace(one(label(5, 40, "a")), width=300, marking="arbetsmaterial")
    drawn = pixels(figure)[: 2 * HEAD, :, 0] < 128
    margin = drawn.shape[1] - 1 - np.argwhere(drawn.any(axis=0)).max()
    assert 4 <= margin <= 30


def test_the_widths_are_those_of_the_typeface() -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    for words in ("Uppdrag till Polismyndigheten (4.3.1)", "~{}@Wm|", "Åtgärder – över allt…"):
        assert text_width(words, 10) == pytest.approx(stringWidth(words, "Helvetica", 10))


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=20))
def test_any_words_give_a_page_that_can_be_read(words: str) -> None:
    import io

    page = pypdf.PdfReader(io.BytesIO(pdf_page(one(label(5, 40, words)))), strict=True).pages[0]
    assert page.mediabox.width == 100


def test_a_very_large_picture_is_drawn_smaller() -> None:
    figure = Figure("t", "a", 1000, 60_000, join([]))
    width, height = struct.unpack_from(">II", chunks(png_bytes(figure))[b"IHDR"])
    assert width * height < 41_000_000
