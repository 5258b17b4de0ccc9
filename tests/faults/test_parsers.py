"""Files made up by Hypothesis in every form that is read: a good result, or a refusal in words.

Each is read to the end: what was found lies inside the texts, quotes are slices of the source byte
for byte, and no file takes longer than some seconds. RODTRAD_EXAMPLES=n tries more of each.
"""

from __future__ import annotations

import csv
import io
import json
import os
from typing import Any

import pytest
from docx import Document as WordDocument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from faults.fuzz import time_limit
from faults.mutations import NASTY
from faults.seeds import CATALOGUE, EVENTS, ROWS, SETTINGS
from faults.targets import make_workspace, outcome
from rodtrad.review.events import event_line
from rodtrad.workspace import Workspace
from support.strategies import any_text, sentences, source_texts

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the limit of time is that of Unix")
EXAMPLES = int(os.environ.get("RODTRAD_EXAMPLES", "25"))
SECONDS = 10
made_up = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

nasty = st.sampled_from([piece[:2_000].decode("utf-8", "surrogateescape") for piece in NASTY])
words = st.one_of(sentences, sentences, sentences, any_text, nasty)
codings = st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "utf-7"])
texts = st.lists(source_texts | words, max_size=4).map("\n\n".join)


def encoded(text: str, coding: str) -> bytes:
    """The text in an encoding; what that has no place for stands there as a question mark."""
    if coding.startswith("utf-8"):
        return text.encode(coding, "surrogateescape" if "\ud800" not in text else "surrogatepass")
    return text.encode(coding, "replace")


@st.composite
def markdown(draw: st.DrawFn) -> str:
    def block() -> str:
        kind = draw(st.integers(0, 7))
        text: str = draw(words)
        if kind == 0:
            return "#" * draw(st.integers(1, 8)) + " " + text
        if kind == 1:
            return "\n".join(
                "  " * n + draw(st.sampled_from("-*+1")) + " " + text for n in range(3)
            )
        if kind == 2:
            rows = draw(st.lists(st.lists(words, min_size=1, max_size=4), max_size=4))
            return "\n".join(["|---|---|", *("|" + "|".join(row) + "|" for row in rows)])
        if kind == 3:
            return "```\n" + text + draw(st.sampled_from(["\n```", "", "\n~~~"]))
        if kind == 4:
            return f'[{text}](<{draw(any_text)}> "{text}") **{text}* ![]({text})'
        if kind == 5:
            return "> " * draw(st.integers(1, 40)) + text
        if kind == 6:
            return f"<div onclick='{text}'>{text}<!-- {text}"
        return f"{text}[^1]\n\n[^1]: {text}"

    return "\n\n".join(block() for _ in range(draw(st.integers(0, 8))))


TAGS = ("p", "div", "h1", "h2", "h6", "ul", "ol", "li", "table", "tr", "td", "th", "main", "nav",
        "section", "pre", "script", "style", "template", "svg", "math", "title", "sup", "a", "br",
        "select", "textarea", "noscript", "iframe", "x-y")  # fmt: skip
elements = st.recursive(
    words.map(lambda text: text.replace("<", "&lt;")) | words,
    lambda inner: st.builds(
        lambda tag, attribute, parts, end: f'<{tag} class="{attribute}">{"".join(parts)}{end}',
        st.sampled_from(TAGS),
        any_text.map(lambda text: text.replace('"', "")[:40]),
        st.lists(inner, max_size=4),
        st.sampled_from([*(f"</{tag}>" for tag in TAGS), "", "<![CDATA["]),
    ),
    max_leaves=25,
)
pages = st.builds(
    lambda head, parts: head + "".join(parts),
    st.sampled_from(["<!doctype html><html lang=sv><body>", "<html>", "<?xml version='1.0'?><html>",
                     '<meta charset="utf-16"><body>', ""]),
    st.lists(elements, max_size=5),
)  # fmt: skip
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text | st.sampled_from(
        ["2026-11-22T09:00:00+00:00", "accept", "lista#R1", "plan", "sv", "9" * 400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@st.composite
def changed_lines(draw: st.DrawFn, records: list[dict[str, Any]]) -> str:
    """Records in which some fields are others, gone or new, as JSON lines; some are cut off."""
    lines = []
    for record in draw(st.lists(st.sampled_from(records), max_size=5)):
        fresh = dict(record)
        for key in draw(st.lists(st.sampled_from(sorted(record)), max_size=2)):
            fresh.pop(key, None)
            if draw(st.booleans()):
                fresh[draw(st.sampled_from([key, key.upper()]) | any_text)] = draw(json_values)
        line = json.dumps(fresh, ensure_ascii=draw(st.booleans()))
        lines.append(
            line[: draw(st.integers(0, len(line)))] if draw(st.integers(0, 9)) == 0 else line
        )
    return draw(st.sampled_from(["\n", "\r\n", "\n\n"])).join(lines) + draw(
        st.sampled_from(["\n", ""])
    )


@st.composite
def toml(draw: st.DrawFn, sound: str) -> str:
    """A sound file in which some values are others, with tables and keys that nobody expects."""
    value = st.one_of(
        any_text.map(json.dumps), json_values.map(json.dumps),
        st.sampled_from(["2024-99-99", "0x", "inf", "'''", '"""a', "[[[[", "{a.b=1}", "1e400"]),
    )  # fmt: skip
    lines = sound.splitlines()
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(lines)))
        name = draw(st.sampled_from(["id", "file", "kind", "pages", "a.b.c", "[document]", '""']))
        lines.insert(place, draw(st.sampled_from([f"{name} = ", f"[[{name}]]", f"[{name}]", ""])))
        lines[place] += draw(value)
    return "\n".join(lines)


@st.composite
def csv_files(draw: st.DrawFn, heads: list[str]) -> str:
    out = io.StringIO()
    parted = draw(st.sampled_from([",", ";", "\t"]))
    rows = csv.writer(out, delimiter=parted, escapechar="\\", quoting=draw(st.sampled_from([0, 1])))
    rows.writerow(draw(st.permutations(heads)) if draw(st.booleans()) else heads)
    for row in draw(st.lists(st.lists(words | json_values.map(str), max_size=6), max_size=6)):
        rows.writerow([cell.replace("\x00", "") for cell in row])
    return out.getvalue() + draw(st.sampled_from(["", '"', parted * 50, "\x00"]))


cells = st.one_of(
    words.map(lambda text: "".join(c for c in text if c.isprintable())[:500]),
    st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False, allow_infinity=False),
    st.dates(), st.sampled_from(["=1+1", "=HYPERLINK(1)", "#REF!"]),
)  # fmt: skip


@st.composite
def workbooks(draw: st.DrawFn, heads: list[str]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(heads)
    for row in draw(st.lists(st.lists(cells, max_size=6), max_size=5)):
        sheet.append(
            [c.encode("utf-8", "replace").decode() if isinstance(c, str) else c for c in row]
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@st.composite
def word_files(draw: st.DrawFn) -> bytes:
    book = WordDocument()
    printable = words.map(lambda text: "".join(c for c in text if c.isprintable())[:500])
    for text in draw(st.lists(printable, max_size=8)):
        style = draw(st.sampled_from(["Normal", "Heading 1", "Heading 3", "List Bullet", "Title"]))
        safe = text.encode("utf-8", "replace").decode()
        if draw(st.integers(0, 4)) == 0:
            table = book.add_table(rows=2, cols=draw(st.integers(1, 3)))
            table.cell(1, 0).text = safe
        else:
            book.add_paragraph(safe, style=style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("parsers") / "w")


def read(place: Workspace, target: str, ending: str, data: bytes) -> str:
    file = place.root.parent / f"fil.{ending}"
    file.write_bytes(data)
    with time_limit(SECONDS):
        return outcome(target, place, file)


FORMS: dict[str, tuple[str, str, st.SearchStrategy[bytes]]] = {
    "text": ("document", "txt", st.builds(encoded, texts, codings)),
    "markdown": ("document", "md", st.builds(encoded, markdown(), codings)),
    "html": ("document", "html", st.builds(encoded, pages, codings)),
    "docx": ("document", "docx", word_files()),
    "catalogue": ("catalogue", "toml", st.builds(encoded, toml(CATALOGUE), codings)),
    "settings": ("settings", "toml", st.builds(encoded, toml(SETTINGS), codings)),
    "log": ("log", "jsonl", st.builds(
        encoded, changed_lines([json.loads(event_line(event)) for event in EVENTS]), codings)),
    "list-jsonl": ("list", "jsonl", st.builds(encoded, changed_lines(ROWS), codings)),
    "list-csv": ("list", "csv", st.builds(encoded, csv_files(list(ROWS[1])), codings)),
    "list-xlsx": ("list", "xlsx", workbooks(list(ROWS[1]))),
    "sheet-csv": ("sheet", "csv", st.builds(encoded, csv_files(["Beslut", "Nyckel"]), codings)),
    "sheet-xlsx": ("sheet", "xlsx", workbooks(["Beslut", "Grad", "Nyckel", "Kommentar"])),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_whatever_stands_in_a_file_it_is_read_or_refused_in_words(
    place: Workspace, form: str
) -> None:
    target, ending, files = FORMS[form]
    outcomes = set()

    @made_up
    @given(files)
    def check(data: bytes) -> None:
        outcomes.add(read(place, target, ending, data))

    check()
    assert outcomes <= {"read", "refused"}


@pytest.mark.parametrize("ending", ["txt", "md", "html"])
def test_a_sound_text_is_read_and_not_refused(place: Workspace, ending: str) -> None:
    @made_up
    @given(source_texts)
    def check(text: str) -> None:
        assert read(place, "document", ending, f"Plan\n\n{text}".encode()) == "read"

    check()
