from __future__ import annotations

import pytest
from hypothesis import given

from rodtrad.segmentation import split_sentences
from support.strategies import any_text, source_texts

ONE = [
    "Det gäller bl.a. Arbetsmiljöverket och t.ex. Skatteverket.",
    "Enligt 4 kap. 1 a § brottsbalken döms den som rekryterar.",
    "Förslaget finns i prop. 2025/26:222 och bet. 2025/26:JuU14.",
    "Uppdraget ska redovisas senast den 1 juli 2027 till Regeringskansliet.",
    "Beslutet fattades av G. Strömmer och A.-K. Ek.",
    "Myndigheten har uppdraget (A2025/00637, regleringsbrev för 2026. Se även dnr. S2016/1) i dag.",
    "Konvention nr. 29 trädde i kraft 1930.",
    "Den s.k. Palermokonventionen gäller.",
    "Kommunen ska m.m. vara ordnad.",
    "Se art. 13 och para. 26 i rapporten.",
    "1. Förslaget tillstyrks.",
    "a) Myndigheten ska mäta.",
]
TWO = [
    ("Uppdraget redovisas 2027.", "Regeringen återkommer."),
    ("Stöd ges till barn m.m.", "Regeringen bedömer att det räcker."),
    ("Ett centrum för människohandelsoffer.66", "Tanken är god."),
    ("Är det nog?", "Nej."),
    ("Myndigheten sade ”nej.”", "Därför hände inget."),
    ("Se avsnitt 4.3.", "Där finns mer."),
    ("Planen gäller.", "• Myndigheten ska mäta."),
    ("GRETA urges the authorities to act.", "It also invites them to report."),
    ("Rubrik utan punkt", "Nästa stycke börjar."),
    ("Det kostar 20 miljoner kr.", "Det är mycket."),
]


def pieces(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@pytest.mark.parametrize("text", ONE)
def test_no_split(text: str) -> None:
    assert pieces(text) == [text]


@pytest.mark.parametrize(("first", "second"), TWO)
def test_split(first: str, second: str) -> None:
    gap = " " if first.rstrip("0123456789").endswith((".", "?", "”")) else "\n\n"
    assert pieces(first + gap + second) == [first, second]


@given(source_texts | any_text)
def test_sentences_cover_all_but_white_space_in_order(text: str) -> None:
    end = 0
    for span in split_sentences(text):
        assert not text[end : span.start].strip()
        assert span.of(text) == span.of(text).strip()
        end = span.end
    assert not text[end:].strip()
