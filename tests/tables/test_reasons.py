import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import rodtrad.review.exchange
from rodtrad.tables.reasons import reason_text
from rodtrad.tables.terms import load_terms

SV, EN = load_terms("sv"), load_terms("en")


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("decided so already", "redan beslutat så"),
        ("'kanske' is none of the choices", "'kanske' är inget av valen"),
        (
            "Bo Ek decided accept (grade 2) on 2026-11-22, after the table was made",
            "Bo Ek har beslutat (godtar, grad 2) 2026-11-22, efter att tabellen gjordes",
        ),
        (
            "Bo decided justify-gap on 2026-11-22, after the table was made",
            "Bo har beslutat (motiverar lucka) 2026-11-22, efter att tabellen gjordes",
        ),
        ("something new", "something new"),
    ],
)
def test_reasons(english: str, swedish: str) -> None:
    assert reason_text(english, SV) == swedish
    assert reason_text(english, EN) == english


def sentences() -> Iterator[str]:
    """Every sentence the import words by itself: constants of three words and more, no docs."""
    source = Path(str(rodtrad.review.exchange.__file__)).read_text("utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Return | ast.Raise | ast.Yield):
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and len(str(part.value).split()) > 2:
                    yield str(part.value).strip()


def test_every_reason_of_the_import_is_swedish_too() -> None:
    data = Path(str(rodtrad.review.exchange.__file__)).parent.parent / "tables" / "data"
    known = (data / "reasons.tsv").read_text("utf-8")
    found = {sentence.removeprefix(", ") for sentence in sentences()}
    assert len(found) >= 7
    assert [sentence for sentence in found if sentence not in known] == []
