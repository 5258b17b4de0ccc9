"""A picture as SVG with a text alternative and the same values as a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rodtrad.tables.markup import Markup, element, join
from rodtrad.tables.outfile import check_place, write_file
from rodtrad.tables.terms import Language, load_terms
from rodtrad.tables.wording import shorten

PICTURES = (".svg", ".png", ".html")
INK, SOFT = "#1b1f24", "#4d5661"
HEAD = 48
_FONT = "Source Sans 3, Segoe UI, Helvetica Neue, Arial, Liberation Sans, sans-serif"
_STYLE = Markup(
    "body{font:1rem/1.5 sans-serif;margin:2rem}svg{max-width:100%;height:auto}"
    "table{border-collapse:collapse;margin-top:2rem}caption{font-weight:bold;text-align:left}"
    "th,td{border-bottom:1px solid #d5d9df;padding:.2rem .8rem .2rem 0;text-align:left;"
    "vertical-align:top}"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: its heading, what it shows in words, its size in pixels and its SVG shapes.

    Above the shapes, at negative heights, stand the heading and a `caption`: of which documents and
    which day the picture is. A `marking` (of those documents) stands in the corner and in the
    alternative. `heads` and `rows` say the same as the shapes, value by value (or as Markup).
    """

    title: str
    alternative: str
    width: int
    height: int
    shapes: Markup
    language: Language = "sv"
    marking: str | None = None
    caption: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def stamp(self) -> str | None:
        """The marking in words."""
        if not self.marking:
            return None
        return load_terms(self.language).say("head.marking", marking=self.marking)

    @property
    def description(self) -> str:
        """The alternative, and the marking."""
        return f"{self.alternative} {self.stamp}." if self.stamp else self.alternative

    def svg(self, *, head: bool = True, name: str = "figure") -> str:
        """The picture as an SVG file of its own; without its head where a page has the heading.

        `name` begins the ids in it: pictures on one page need different ones.
        """
        top = HEAD if head else 0
        content = element(
            "svg",
            element("title", self.title, id=f"{name}-title"),
            element("desc", self.description, id=f"{name}-description"),
            element("rect", y=-top, width=self.width, height=self.height + top, fill="#ffffff"),
            self._head() if head else None,
            self.shapes,
            self._stamp(top),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 {-top} {self.width} {self.height + top}",
            width=self.width,
            height=self.height + top,
            role="img",
            aria_labelledby=f"{name}-title {name}-description",
            font_family=_FONT,
            font_size=13,
            lang=self.language,
        )
        return f"{content}\n"

    def _head(self) -> Markup:
        caption = shorten(self.caption, self.width // 6)
        return join([
            label(8, 20 - HEAD, self.title, font_size=16, font_weight="bold"),
            label(8, 38 - HEAD, caption, fill=SOFT, font_size=12) if caption else None,
        ])  # fmt: skip

    def _stamp(self, top: int) -> Markup | None:
        if self.stamp is None:
            return None
        return label(self.width - 8, 16 - top, self.stamp, text_anchor="end", font_weight="bold")

    def html(self) -> str:
        """The picture on a page of its own, with its words and values as visible text."""
        page = element(
            "html",
            element(
                "head",
                element("meta", charset="utf-8"),
                element("title", self.title),
                element("style", _STYLE),
            ),
            element(
                "body",
                element("main", element("h1", self.title),
                        element("p", self.caption) if self.caption else None,
                        element("p", self.description), Markup(self.svg(head=False)),
                        self.table()),
            ),
            lang=self.language,
        )  # fmt: skip
        return f"<!DOCTYPE html>\n{page}\n"

    def table(self) -> Markup | None:
        """The values of the picture as a table; the first cell of each row says whose they are."""
        if not self.rows:
            return None
        body = [
            element("tr", element("th", row[0], scope="row"), [element("td", c) for c in row[1:]])
            for row in self.rows
        ]
        return element(
            "table",
            element("caption", self.title),
            element("thead", element("tr", [element("th", h, scope="col") for h in self.heads])),
            element("tbody", body),
        )


def write_figure(figure: Figure, path: Path) -> Path:
    """Write a picture as .svg, .png or .html.

    Raises:
        UsageError: the ending is another one, or the file cannot be written there.
    """
    check_place(path, PICTURES)
    ending = path.suffix.lower()
    if ending == ".png":
        from rodtrad.tables.raster import png_bytes

        write_file(path, png_bytes(figure))
        return path
    content = figure.svg() if ending == ".svg" else figure.html()
    write_file(path, content.encode("utf-8"))
    return path


def label(x: float, y: float, words: str, **look: object) -> Markup:
    """A text at a place, in ink unless `look` says otherwise."""
    return element("text", words, x=round(x, 1), y=round(y, 1), **{"fill": INK, **look})
