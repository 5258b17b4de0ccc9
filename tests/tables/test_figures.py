import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.errors import UsageError
from rodtrad.tables.areas import area_map
from rodtrad.tables.figures import (
    coverage_map,
    deadline_timeline,
    entity_counts,
    link_network,
    table_deadlines,
)
from rodtrad.tables.picture import HEAD, Figure, write_figure
from tables import sample

SVG = "{http://www.w3.org/2000/svg}"


def parsed(figure: Figure) -> ElementTree.Element:
    return ElementTree.fromstring(figure.svg())  # noqa: S314 our own output


def part(element: ElementTree.Element, name: str) -> ElementTree.Element:
    found = element.find(f"{SVG}{name}")
    assert found is not None
    return found


def timeline() -> Figure:
    return deadline_timeline(sample.deadline_records(), as_of=sample.AS_OF)


FIGURES = {
    "timeline": timeline(),
    "coverage": coverage_map(sample.table()),
    "network": link_network(sample.table()),
    "areas": area_map(sample.table()),
    "counts": entity_counts({"AGENCY": 3, "AMOUNT": 1}),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_is_a_picture_with_words(name: str) -> None:
    figure = FIGURES[name]
    root = parsed(figure)
    assert root.get("role") == "img"
    labels = str(root.get("aria-labelledby")).split()
    texts = [part(root, name).text for name in ("title", "desc")]
    assert labels == [part(root, name).get("id") for name in ("title", "desc")]
    assert texts == [figure.title, figure.alternative]
    assert all(texts)


@pytest.mark.parametrize("name", FIGURES)
def test_every_word_stands_inside_the_picture(name: str) -> None:
    figure = FIGURES[name]
    for text in parsed(figure).iter(f"{SVG}text"):
        if "x" in text.attrib:
            assert 0 <= float(text.attrib["x"]) <= figure.width
            assert -HEAD <= float(text.attrib["y"]) <= figure.height


@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_says_what_it_shows_when_it_stands_alone(name: str) -> None:
    figure = FIGURES[name]
    texts = [text.text for text in parsed(figure).iter(f"{SVG}text")]
    assert texts[0] == figure.title
    bare = ElementTree.fromstring(figure.svg(head=False))  # noqa: S314 our own output
    assert figure.title not in [text.text for text in bare.iter(f"{SVG}text")]


def test_pictures_of_a_table_name_its_day_and_documents() -> None:
    for name in ("coverage", "network", "areas"):
        assert FIGURES[name].caption.startswith("Läget den 22\u00a0november\u00a02026 · ")
        assert sample.table().title in FIGURES[name].caption


def test_passed_and_coming_dates_have_different_shapes() -> None:
    root = parsed(timeline())
    tips = {str(part(g, "title").text): g for g in root.iter(f"{SVG}g")}
    (passed,) = (g for t, g in tips.items() if "slutredovisning 1\u00a0oktober\u00a02026" in t)
    (coming,) = (g for t, g in tips.items() if "slutredovisning 1\u00a0mars\u00a02029" in t)
    assert part(passed, "path").get("stroke") == "#9b1c2e"
    assert part(coming, "circle").get("r") == "5"


def test_a_measure_without_a_number_is_called_by_its_title() -> None:
    title = "Stärkt stöd till barn som har utsatts för brott"
    names = ("stärkt-stöd-till-barn-som-har-utsatts-för", title)
    record = {**sample.deadline_records()[0], "measure": names[0], "measure_title": names[1]}
    figure = deadline_timeline([record], as_of=sample.AS_OF)
    assert "Stärkt stöd…" in [text.text for text in parsed(figure).iter(f"{SVG}text")]
    measures = (replace(sample.measures()[0], id=names[0], title=title),)
    shown = coverage_map(replace(sample.table(), measures=measures))
    (head,) = [t for t in parsed(shown).iter(f"{SVG}text") if str(t.text).startswith("Stärkt")]
    assert head.text == "Stärkt stöd till barn…"


def test_the_timeline_counts_in_words() -> None:
    words = timeline().alternative.replace("\u00a0", " ")
    assert words == (
        "3 tidsfrister från 1 oktober 2026 till 1 mars 2029; 1 av dem hade passerat den "
        "22 november 2026."
    )


def test_a_timeline_of_one_date_is_told_as_one_and_its_words_fit() -> None:
    (first, *_) = sample.deadline_records()
    figure = deadline_timeline([first], as_of=sample.AS_OF)
    words = figure.alternative.replace("\u00a0", " ")
    assert words == "En tidsfrist: 1 oktober 2026 (datum passerat)."
    (today,) = [t for t in parsed(figure).iter(f"{SVG}text") if "läget" in str(t.text)]
    assert today.get("text-anchor") == "end"
    early = deadline_timeline([{**first, "date": "2030-01-01"}], as_of=sample.AS_OF)
    (today,) = [t for t in parsed(early).iter(f"{SVG}text") if "läget" in str(t.text)]
    assert today.get("text-anchor") is None


def test_a_timeline_without_dates_says_so() -> None:
    assert "Inga tidsfrister" in deadline_timeline([], as_of=sample.AS_OF).alternative


def test_the_timeline_of_a_table_has_its_measures() -> None:
    records = table_deadlines(sample.table())
    assert [record["measure"] for record in records] == ["4.4.1", "4.3.1", "4.3.1"]


def test_the_network_draws_a_line_per_link_dashed_for_contributions() -> None:
    root = parsed(FIGURES["network"])
    lines = [line for line in root.iter(f"{SVG}line") if line.get("stroke-width")]
    links, legend = lines[:-2], lines[-2:]
    assert [line.get("stroke-dasharray") for line in links] == [None, "5 4"]
    assert [line.get("stroke-dasharray") for line in legend] == [None, "5 4"]
    assert FIGURES["network"].alternative.startswith("2 samband mellan 2 rekommendationer och 2 ")


@given(st.lists(st.text(max_size=20), max_size=3), st.text(max_size=20))
def test_any_name_gives_a_picture(agencies: list[str], number: str) -> None:
    record = {"date": "2027-03-01", "kind": "redovisning", "responsible": agencies,
              "measure": number}  # fmt: skip
    parsed(deadline_timeline([record], as_of=date(2026, 11, 22)))


def test_pictures_are_written_by_their_ending(tmp_path: Path) -> None:
    assert write_figure(timeline(), tmp_path / "t.svg").read_text("utf-8") == timeline().svg()
    assert write_figure(timeline(), tmp_path / "t.png").read_bytes().startswith(b"\x89PNG")
    page = write_figure(timeline(), tmp_path / "t.html").read_text("utf-8")
    assert timeline().svg(head=False) in page
    with pytest.raises(UsageError, match=r"\.svg"):
        write_figure(timeline(), tmp_path / "t.gif")


def test_the_area_map_counts_links_and_says_where_there_are_none() -> None:
    words = FIGURES["areas"].alternative
    assert words.startswith("2 samband mellan 3 ämnen och 2 områden.")
    assert "Identification – 4.4 Brottsbekämpning: 1." in words
    assert "Utan samband: 5.4 Nationell riktlinje" in words


def test_a_marking_stands_in_the_corner_and_in_the_description() -> None:
    figure = replace(timeline(), marking="sekretess")
    texts = [text.text for text in parsed(figure).iter(f"{SVG}text")]
    assert "Märkning: sekretess" in texts
    assert str(part(parsed(figure), "desc").text).endswith("Märkning: sekretess.")


@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_s_values_stand_in_a_table_too(name: str) -> None:
    figure = FIGURES[name]
    assert figure.rows
    assert {len(row) for row in figure.rows} == {len(figure.heads)}
    table = ElementTree.fromstring(str(figure.table()))  # noqa: S314 our own output
    told = [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
    plain = [[re.sub("<[^>]+>", "", cell) for cell in row] for row in figure.rows]
    assert told == [list(figure.heads), *plain]
    assert str(figure.table()) in figure.html()


def test_the_values_are_those_of_the_picture() -> None:
    assert sum(int(n) for row in FIGURES["areas"].rows for n in row[1:]) == 2
    assert FIGURES["counts"].rows == (("myndigheter", "3"), ("belopp", "1"))
    assert [row[2][:5] for row in FIGURES["network"].rows] == ["4.3.1", "4.4.1"]
    assert [row[1][:5] for row in FIGURES["coverage"].rows] == ["4.3.1", "inget", "4.4.1"]
    due = [row[-1][:5] for row in FIGURES["timeline"].rows]
    assert due == ["4.4.1", "4.3.1", "4.3.1"]


def test_words_of_another_language_are_marked_in_the_table() -> None:
    assert '<span lang="en">SE-R3-01 Improve' in FIGURES["network"].html()
