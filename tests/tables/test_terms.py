import re
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

import rodtrad.tables
from rodtrad.tables.terms import load_terms

SV, EN = load_terms("sv"), load_terms("en")
SOURCES = Path(str(files(rodtrad.tables)))


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def used_keys() -> set[str]:
    """Every quoted word.word in the package whose first part is a group of the terms."""
    groups = {key.split(".")[0] for key in SV.words}
    found = set()
    for path in SOURCES.glob("*.py"):
        for key in re.findall(r'"([a-z]+\.[a-z_0-9]+)"', path.read_text("utf-8")):
            if key.split(".")[0] in groups:
                found.add(key)
    return found


def test_every_term_has_both_languages_and_the_same_blanks() -> None:
    assert SV.words.keys() == EN.words.keys()
    for key, word in SV.words.items():
        assert word, key
        assert EN[key], key
        assert fields(word) == fields(EN[key]), key


def test_every_line_of_the_list_is_read_once() -> None:
    text = files(rodtrad.tables).joinpath("data/terms.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert all(line.count("\t") == 2 for line in lines)
    keys = [line.split("\t")[0] for line in lines]
    assert len(keys) == len(set(keys))


def test_every_word_the_code_asks_for_is_there() -> None:
    known = SV.words.keys() | {key.removesuffix(".one") for key in SV.words} | {"due.passed"}
    assert used_keys() - known == set()
    assert len(used_keys()) > 80


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1 åtgärd"), (0, "0 åtgärder"), (40, "40 åtgärder")]
)
def test_numbers_take_the_right_form(number: int, text: str) -> None:
    assert SV.count("measures", number) == text


def test_unknown_values_stay_as_they_are() -> None:
    assert SV.value("state", "på remiss") == "på remiss"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fi"):
        load_terms("fi")
