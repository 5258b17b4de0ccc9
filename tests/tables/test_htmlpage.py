import re
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodtrad.tables.htmlpage import html_page
from rodtrad.tables.traceview import DocumentInfo
from tables import sample
from tables.page import Node, read_page

PAGE = read_page(html_page(sample.table()))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_one_main_heading_and_no_level_is_skipped() -> None:
    levels = [int(node.name[1]) for node in PAGE.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_has_language_title_and_landmarks() -> None:
    (html,) = PAGE.all("html")
    assert html.attributes["lang"] == "sv"
    assert PAGE.all("title")[0].text == sample.table().title
    for landmark in ("header", "nav", "main", "footer"):
        assert len(PAGE.all(landmark)) == 1
    assert PAGE.all("nav")[0].attributes["aria-label"]


def test_ids_are_unique_and_every_link_leads_somewhere() -> None:
    ids = [node.attributes["id"] for node in PAGE.walk() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    for link in PAGE.all("a"):
        target = link.attributes["href"] or ""
        assert target.removeprefix("#") in ids
        assert link.text.strip()
    for node in PAGE.walk():
        if labelled := node.attributes.get("aria-labelledby"):
            assert labelled in ids


def test_tables_have_captions_and_scoped_heads() -> None:
    tables = PAGE.all("table")
    assert len(tables) == 4
    for table in tables:
        assert table.all("caption")[0].text
        assert {th.attributes.get("scope") for th in table.all("th")} <= {"col", "row", "colgroup"}
        width = len(table.all("thead")[0].all("tr")[-1].all("th"))
        assert {len(row.all("th", "td")) for row in table.all("tbody")[0].all("tr")} == {width}


def test_nothing_is_fetched_or_run() -> None:
    assert not PAGE.all("script", "link", "img", "iframe", "object", "form")
    style = PAGE.all("style")[0].text
    assert "url(" not in style
    assert "@import" not in style


def test_quotes_stand_on_the_page_letter_by_letter() -> None:
    text = squeezed(PAGE.all("body")[0].text)
    for line in sample.lines():
        for candidate in line.links:
            for evidence in (candidate.evidence_from, candidate.evidence_to):
                assert squeezed(evidence.quote or evidence.summary or "?") in text
        for passage in line.context:
            assert squeezed(passage.evidence.quote or "?") in text


def test_a_summary_is_named_and_marked_as_english() -> None:
    (article,) = [a for a in PAGE.all("article") if "SE-R3-01" in a.text]
    assert "sammanfattning, ej citat" in article.text
    assert not [q for q in article.all("blockquote") if "Improve" in q.text]
    english = [node for node in article.walk() if node.attributes.get("lang") == "en"]
    assert any(sample.REMEDY in node.text for node in english)


def test_a_gap_says_what_was_searched_and_where_else_the_subject_stands() -> None:
    (article,) = [a for a in PAGE.all("article") if a.attributes["id"] == "r2"]
    assert (
        "Ingen motsvarighet hittad i Handlingsplan mot prostitution och människohandel 2026–2028 "
        "(3 åtgärder)." in article.text
    )
    assert "4.3.9 Uppdrag till Migrationsverket" in article.text
    assert "Förväntat antal missade samband: 0,3" in article.text
    assert "Avsnitt 2.3 Stöd och insatser från socialtjänsten" in article.text


def test_a_passed_deadline_is_never_called_done() -> None:
    (section,) = [s for s in PAGE.all("section") if s.attributes.get("id") == "deadlines"]
    (row,) = [r for r in section.all("tr") if "Ju2025/01324" in r.text]
    assert "1\u00a0oktober\u00a02026" in row.text
    assert "Passerad, redovisning ej funnen" in row.text


def test_a_shade_in_the_map_has_its_meaning_in_words() -> None:
    (section,) = [s for s in PAGE.all("section") if s.attributes.get("id") == "matrix"]
    shaded = [td.text for td in section.all("td") if td.text]
    assert shaded == [
        "S, sannolikhet 0,92 att det finns ett samband (mycket troligt)",
        "B, sannolikhet 0,76 att det finns ett samband (troligt)",
    ]
    assert "2 rekommendationer har minst en åtgärd med godtaget samband" in section.text


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("#1b1f24", "#ffffff"), ("#4d5661", "#ffffff"), ("#4d5661", "#f5f6f8"),
        ("#9b1c2e", "#ffffff"), ("#0b4a8f", "#ffffff"), ("#6b5200", "#ffffff"),
        ("#1b1f24", "#e3ecf6"), ("#1b1f24", "#c4d8ec"), ("#1b1f24", "#8fb5da"),
        ("#ffffff", "#2f6ca8"), ("#ffffff", "#0b3c70"),
    ],
)  # fmt: skip
def test_text_stands_out_from_its_ground(ink: str, paper: str) -> None:
    css = files("rodtrad.tables").joinpath("data/table.css").read_text("utf-8")
    assert {c for c in (ink, paper) if c != "#ffffff" and c not in css} == set()
    assert contrast(ink, paper) >= 4.5


def test_english_words_around_swedish_quotes() -> None:
    page = read_page(html_page(sample.table(language="en")))
    assert page.all("html")[0].attributes["lang"] == "en"
    assert "summary, not a quote" in page.text
    assert "probability 0.92 that there is a link (very likely)" in page.text
    assert all(q.attributes["lang"] == "sv" for q in page.all("blockquote"))


def test_an_empty_trace_is_still_a_page() -> None:
    empty = replace(sample.table(), rows=(), measures=(), targets=(), sources=(), documents=())
    page = read_page(html_page(empty))
    assert "Inga tidsfrister har hittats" in page.text


def test_markings_are_stamped_on_the_page() -> None:
    marked = dict(sample.DOCUMENTS)
    plan = marked[sample.PLAN]
    marked[sample.PLAN] = DocumentInfo(plan.id, plan.title, marking="arbetsmaterial")
    page = read_page(html_page(sample.table(documents=marked)))
    assert "Märkning: arbetsmaterial" in page.all("header")[0].text
    assert "Märkning: arbetsmaterial" in page.all("footer")[0].text


def shape(node: Node) -> list[tuple[str, tuple[str, ...]]]:
    """Names of elements and attributes, which no text may change."""
    return [(n.name, tuple(n.attributes)) for n in node.walk()]


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["</td><script>alert(1)</script>", '" onmouseover="x', "<!--", "&lt;b&gt;", "]]>", "\x00",
         "</style><img src=x onerror=y>", "\ud800", "{{7*7}}", "\u202e" + "abc"]
    ),
).map(lambda text: text or "x")  # fmt: skip


@settings(max_examples=40)
@given(HOSTILE, HOSTILE)
def test_no_text_changes_the_structure(title: str, text: str) -> None:
    def page(title: str, text: str) -> Node:
        line = replace(sample.lines()[1], text=text, id=title)
        table = sample.table(title=title)
        row = replace(table.rows[1], line=line)
        return read_page(html_page(replace(table, rows=(row,))))

    plain = page("rubrik", "en text")
    hostile = page(title, text)
    assert shape(hostile) == shape(plain)
    shown = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "", title)
    assert squeezed(shown) in squeezed(hostile.all("h1")[0].text) or max(title) >= "\ufffe"
