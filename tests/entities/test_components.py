"""The extractors in spaCy pipelines: filled spans, exact offsets, to disk and back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language

from rodtrad.entities.components import COLORS, FINDERS, SPANS_KEY, blank, displacy_options

TEXT = (
    "Polismyndigheten ska senast den 1 mars 2027 redovisa uppdraget (prop. 2016/17:93, "
    "Ju2025/01324). Kostnaden är 1,5 miljoner kronor."
)


@pytest.fixture
def nlp() -> Language:
    nlp = blank("sv")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("rodtrad.entities.v1")
    return nlp


def test_spans_carry_type_and_value(nlp: Language) -> None:
    doc = nlp(TEXT)
    found = {span.label_: (span.text, span._.value) for span in doc.spans[SPANS_KEY]}
    assert found["REFERENCE"] == ("prop. 2016/17:93", "prop. 2016/17:93")
    assert found["AMOUNT"] == ("1,5 miljoner kronor", {"value": 1500000, "currency": "SEK"})
    assert found["DEADLINE"][1]["responsible"] == ["Polismyndigheten"]
    assert found["DIARIENUMMER"][0] == "Ju2025/01324"


def test_abbreviations_end_no_sentence(nlp: Language) -> None:
    assert len(list(nlp(TEXT).sents)) == 2


def test_exact_offsets_are_kept(nlp: Language) -> None:
    doc = nlp(TEXT)
    for span in doc.spans[SPANS_KEY]:
        start, end = span._.at
        assert span.start_char <= start < end <= span.end_char


@pytest.mark.parametrize("factory", sorted(FINDERS))
def test_every_factory_works_in_anybodys_pipeline(factory: str) -> None:
    nlp = spacy.blank("sv")
    nlp.add_pipe(factory)
    doc = nlp(TEXT)
    assert doc.spans[SPANS_KEY]


def test_a_pipeline_comes_back_from_disk(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    before, after = nlp(TEXT), again(TEXT)
    assert [(s.text, s._.value) for s in after.spans[SPANS_KEY]] == [
        (s.text, s._.value) for s in before.spans[SPANS_KEY]
    ]


def test_settings_come_back_from_bytes() -> None:
    nlp = spacy.blank("sv")
    nlp.add_pipe("rodtrad.amounts.v1", name="money", config={"spans_key": "money"})
    again = spacy.blank("sv")
    again.add_pipe("rodtrad.amounts.v1", name="money")
    again.from_bytes(nlp.to_bytes())
    doc = again(TEXT)
    assert [span.label_ for span in doc.spans["money"]] == ["AMOUNT"]


def test_types_can_be_chosen() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("rodtrad.entities.v1", config={"types": ["AMOUNT"]})
    doc = nlp("Sweden has allocated SEK 5 million (prop. 2016/17:93).")
    assert [span.label_ for span in doc.spans[SPANS_KEY]] == ["AMOUNT"]


def test_displacy_draws_the_spans(nlp: Language) -> None:
    html = displacy.render(nlp(TEXT), style="span", options=displacy_options(), jupyter=False)
    assert "DEADLINE" in html


FRESH = """
import spacy
nlp = spacy.blank("sv")
nlp.add_pipe("rodtrad.entities.v1")
doc = nlp("Brå får 5 mnkr.")
print([(span.label_, span._.value) for span in doc.spans["rodtrad"]])
"""


def test_a_fresh_process_finds_the_factory_without_importing_us() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FRESH], capture_output=True, text=True, check=False, timeout=60
    )
    assert "('AGENCY', 'Brottsförebyggande rådet')" in done.stdout, done.stderr
    assert "('AMOUNT', {'value': 5000000, 'currency': 'SEK'})" in done.stdout


def test_a_pipeline_with_two_of_ours_comes_back_from_disk(tmp_path: Path) -> None:
    nlp = spacy.blank("sv")
    nlp.add_pipe("rodtrad.amounts.v1")
    nlp.add_pipe("rodtrad.entities.v1", config={"types": ["AGENCY"], "spans_key": "names"})
    nlp.to_disk(tmp_path)
    doc = spacy.load(tmp_path)(TEXT)
    assert [span.label_ for span in doc.spans[SPANS_KEY]] == ["AMOUNT"]
    assert [span._.value for span in doc.spans["names"]] == ["Polismyndigheten"]


def test_displacy_colours_every_type(nlp: Language) -> None:
    html = displacy.render(nlp(TEXT), style="span", options=displacy_options(), jupyter=False)
    for kind in ("AGENCY", "DEADLINE", "REFERENCE", "AMOUNT", "DIARIENUMMER"):
        assert kind in html
        assert COLORS[kind] in html
