"""Sound files of every kind that Rödtråd reads: what mutations start from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document as WordDocument
from openpyxl import Workbook

from review import logs
from rodtrad.review.events import event_line
from support.makers import make_docx, make_pdf

TEXT = """\
Handlingsplan mot vattenbrist

1 Inledning
Regeringen beslutade den 3 mars 2024 (A2025/00637, prop. 2025/26:1) att bl.a. Livsmedelsverket
ska redovisa uppdraget till Regeringskansliet senast den 1 mars 2027. För detta avsätts 12,5
miljoner kronor enligt 4 kap. 1 a § brottsbalken.1

2 Uppdrag till Havs- och vattenmyndigheten om nivåer
Havs- och vattenmyndigheten ska mäta nivåerna och föreslå en sär-
skild samordnare. Länsstyrelserna tillstyrker förslaget med synpunkter.
• Förslag: Polismyndigheten bör utbilda fler.
• Bedömning: kommunerna behöver stöd.

¹ SOU 2022:60 s. 12.
"""
MARKDOWN = (
    TEXT.replace("1 Inledning", "## 1 Inledning")
    + "\n| Åtgärd | Ansvar |\n|---|---|\n| 4.1 | BRÅ |\n"
)
PAGE = f"""<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Plan</title></head>
<body><nav>Meny</nav><main><h1>Plan</h1><h2>1 Inledning</h2><p>{TEXT}</p>
<ul><li>Ett <b>krav</b></li><li>Två<ol><li>Tre</li></ol></li></ul>
<table><tr><th>Åtgärd</th><td>4.1</td></tr></table></main></body></html>"""
ROWS = [
    {"id": "R1", "text": "Urge the authorities to train the police.", "lang": "en"},
    {"id": "R2", "text": "Regeringen bör utreda frågan.", "lang": "sv", "strength": "recommend"},
]
CATALOGUE = """\
# Vad som är känt.
[[document]]
id = "plan"
file = "sources/plan.md"
kind = "handlingsplan"
title = "Plan för vatten"
date = "2024-03-01"

[[document]]
file = "sources/svar.txt"
dnr = "A2025/00637"
"""
SETTINGS = """\
language = "sv"
[encoder]
model = "embedded"
[limits]
pages = 200
seconds = 60
"""


EVENTS = (logs.accept(), logs.reject("Bo"), logs.follow_up(status="klar"))


def seeds() -> Mapping[str, Mapping[str, bytes]]:
    """Sound files by the target that reads them and by ending."""
    listed = {
        "json": json.dumps(ROWS).encode(),
        "jsonl": "\n".join(map(json.dumps, ROWS)).encode(),
        "csv": _csv(ROWS),
        "xlsx": _workbook([list(ROWS[1]), *(list(row.values()) for row in ROWS)]),
    }
    documents = {
        "txt": TEXT.encode(),
        "md": MARKDOWN.encode(),
        "html": PAGE.encode(),
        "pdf": _made(lambda path: make_pdf(path, [TEXT.splitlines()] * 2, header="Plan")),
        "docx": _made(_word),
    }
    return {
        "document": documents,
        "list": listed,
        "catalogue": {"toml": CATALOGUE.encode()},
        "settings": {"toml": SETTINGS.encode()},
        "log": {"jsonl": b"".join(map(event_line, EVENTS))},
        "queries": {"txt": b"vad ska g\xc3\xb6ras\n", "jsonl": b'{"id": "1", "query": "stod"}\n'},
    }


def _made(make: Callable[[Path], object]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        make(path)
        return path.read_bytes()


def _word(path: Path) -> None:
    make_docx(path)
    document = WordDocument(str(path))
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.save(str(path))


def _csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _workbook(rows: list[list[str]]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
