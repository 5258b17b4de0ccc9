"""Sections and passages of the demonstration corpus and of texts made here."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given

from rodtrad.datamodel import Document, Section, Span
from rodtrad.ingest import read_document
from rodtrad.ingest.cleaning import build_clean_text
from rodtrad.ingest.textfile import read_text
from rodtrad.segmentation import find_passages, find_sections, innermost_section, section_path
from support.strategies import source_texts

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests/gold/measures-handlingsplan-2026-2028.json"
FIVE = sorted(path.stem for path in (ROOT / "corpus/sources").glob("*/*.txt"))


@cache
def corpus(stem: str) -> Document:
    (path,) = (ROOT / "corpus/sources").glob(f"*/{stem}.txt")
    return read_document(path)


@cache
def sections(stem: str) -> tuple[Section, ...]:
    return find_sections(corpus(stem))


def test_the_numbered_measures_of_the_gold_have_their_titles() -> None:
    found = {section.number: section.title for section in sections("handlingsplan-2026-2028")}
    gold = {row["id"]: row["title"] for row in json.loads(GOLD.read_text(encoding="utf-8"))}
    assert {number: found.get(number) for number in gold} == gold


def test_all_forty_numbered_measures_are_found_once() -> None:
    numbers = [s.number for s in sections("handlingsplan-2026-2028") if s.number and s.level == 3]
    measures = [number for number in numbers if number.startswith("4.")]
    counts = {"4.1": 11, "4.2": 4, "4.3": 17, "4.4": 5, "4.5": 3}
    assert measures == [f"{n}.{i}" for n, count in counts.items() for i in range(1, count + 1)]


@pytest.mark.parametrize(
    ("stem", "path"),
    [
        ("handlingsplan-2018", ("2 Problembeskrivning och omfattning",)),
        ("handlingsplan-2018", (
            "4 Åtgärder och arbete inom respektive insatsområde",
            "Förstärkt samordning mellan myndigheter och andra aktörer",
            "Ansvariga myndigheter och aktörer",
            "4.1.3.9 Utrikesdepartementet är centralmyndighet för 1996 års Haagkonvention och "
            "Bryssel IIa-förordningen",
        )),
        ("handlingsplan-2018", (
            "4 Åtgärder och arbete inom respektive insatsområde",
            "Stärkt förebyggande arbete",
            "Hjälptelefon för att förebygga sexuellt våld",
        )),
        ("lagesrapport-25", (
            "4 Omfattningen av människohandel till, i och genom Sverige", "4.10 Barn och unga",
        )),
        ("lagesrapport-25", (
            "5 Förslag till åtgärder",
            "5.9 Utvecklade metoder för den uppsökande verksamheten",
        )),
        ("lagesrapport-25", ("2 Uppdraget",)),
        ("remissvar-lansstyrelsen-vasterbotten", ("Sammanfattning",)),
        ("remissvar-lansstyrelsen-vasterbotten", (
            "6.5.1 Ändrad skrivning om specialiserat stöd med brottsoffret i centrum "
            "(artikel 11.1)",
        )),
        ("remissvar-lansstyrelsen-vasterbotten", ("Allmänna synpunkter",)),
        ("regeringsbeslut-ju2025-01324", (
            "Uppdrag till Polismyndigheten och Åklagarmyndigheten att förstärka arbetet mot "
            "människohandel och människoexploatering",
            "Skälen för regeringens beslut",
        )),
    ],
)  # fmt: skip
def test_section_paths(stem: str, path: tuple[str, ...]) -> None:
    tree = sections(stem)
    assert path in {section_path(tree, section.index) for section in tree}


def test_entries_of_the_contents_page_are_no_sections() -> None:
    titles = [s.label for s in sections("handlingsplan-2026-2028")]
    assert titles.count("1.1 Handlingsplanens omfattning") == 1
    assert not [title for title in titles if title.endswith(("..", "\t7"))]


@pytest.mark.parametrize("stem", FIVE)
def test_passages_slice_the_text_and_lie_in_their_section(stem: str) -> None:
    document, tree = corpus(stem), sections(stem)
    passages = find_passages(document, tree)
    for passage in passages:
        assert passage.at.of(document.text) == passage.text
        assert passage.path == section_path(tree, passage.section)
        assert len(passage.text.split()) <= 180
        if "footnote" not in passage.flags:
            assert passage.section == innermost_section(tree, passage.at.start)
    assert len({passage.key for passage in passages}) == len(passages)


@pytest.mark.parametrize("stem", FIVE)
def test_every_word_of_the_clean_text_is_in_a_passage_or_a_heading(stem: str) -> None:
    document = corpus(stem)
    covered = [passage.at for passage in find_passages(document, sections(stem))]
    covered += [section.heading for section in sections(stem)]
    # Behind the last block stand page headers, which no passage holds.
    left = set(range(max(block.at.end for block in document.blocks)))
    for at in covered:
        left -= set(range(at.start, at.end))
    assert not "".join(document.text[i] for i in sorted(left)).strip()


@pytest.mark.parametrize("stem", FIVE)
def test_the_five_texts_have_no_pages(stem: str) -> None:
    assert corpus(stem).pages == ()
    assert {section.page for section in sections(stem)} <= {None}


def test_short_paragraphs_are_merged_and_long_ones_split_at_sentences(tmp_path: Path) -> None:
    path = tmp_path / "lang.txt"
    long = " ".join(f"Mening nummer {n} handlar om stöd till kommunerna." for n in range(60))
    path.write_text(f"1. Inledning\n\nKort stycke.\n\nEtt till.\n\n2. Mer\n\n{long}\n")
    document = read_document(path)
    passages = find_passages(document, find_sections(document))
    assert passages[0].text == "Kort stycke.\n\nEtt till."
    assert all(p.text.endswith(".") for p in passages)
    assert [p.path for p in passages[1:]] == [("2 Mer",)] * (len(passages) - 1)
    assert len(passages) >= 3


@given(source_texts)
def test_the_section_of_any_offset_is_the_innermost_that_covers_it(source: str) -> None:
    layout = read_text(source)
    clean, blocks = build_clean_text(source, layout.drafts)
    document = Document("x", "okänd", "sv", source, clean, blocks)
    tree = find_sections(document)
    for offset in range(0, clean.notes_start, 7):
        covering = [s for s in tree if s.at.start <= offset < s.at.end]
        expected = max(covering, key=lambda s: s.at.start).index if covering else None
        assert innermost_section(tree, offset) == expected
    for section in tree:
        if section.parent is not None:
            assert tree[section.parent].at.covers(section.at)
            assert tree[section.parent].level < section.level
    for passage in find_passages(document, tree):
        assert Span(passage.at.start, passage.at.end).of(clean.text) == passage.text
