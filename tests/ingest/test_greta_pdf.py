"""A monitoring report as a PDF with fonts, set by a real typesetter: each proposal counts once.

Invented text in the form of the reports: cover, contents page, running header on odd and even
pages with a row of strokes, numbered paragraphs in one series, proposals in bold type, an appendix
that lists the proposals again, bodies visited, and comments of the government that quote them.
"""

from __future__ import annotations

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.ingest import read_document
from rodtrad.pipeline.annotate import annotate

NUMBER = "GRETA(2019)21"
TITLES = {
    1: ParagraphStyle("h1", fontName="Times-Bold", fontSize=14, leading=18, spaceBefore=12),
    2: ParagraphStyle("h2", fontName="Times-Bold", fontSize=12, leading=15, spaceBefore=10),
    3: ParagraphStyle("h3", fontName="Times-BoldItalic", fontSize=11, leading=14, spaceBefore=8),
}
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10.5, leading=13, spaceAfter=7)
BOLD = ParagraphStyle("bold", parent=BODY, fontName="Times-Bold")
COVER = ParagraphStyle("cover", parent=BODY, fontSize=16, leading=20, alignment=1)

IDENTIFY = (
    "GRETA once again urges the Norlandic authorities to ensure that all possible victims of "
    "human trafficking are identified proactively, in particular by:"
)
POINTS = (
    "adopting a formalised national referral mechanism which defines the procedures and roles of "
    "all relevant actors;",
    "strengthening multi-agency involvement in the identification of victims;",
    "providing regular training to front-line professionals.",
)
COMPENSATE = (
    "GRETA considers that the Norlandic authorities should make additional efforts to guarantee "
    "effective access to compensation. The authorities should also collect data on compensation "
    "granted."
)
INVITE = "GRETA invites the Norlandic authorities to continue their efforts to raise awareness."
FILLER = (
    "The Norlandic authorities have informed GRETA that the number of identified victims rose from "
    "41 in 2016 to 62 in 2018. Most of them were women exploited in prostitution, while men were "
    "exploited in construction and agriculture. GRETA notes that no data are kept on children."
)


def story() -> list[Flowable]:
    flow: list[Flowable] = [Paragraph(text, COVER) for text in (
        "G R E T A", "Group of Experts on Action against Trafficking in Human Beings", NUMBER,
        "Report concerning the implementation of the Council of Europe Convention on Action "
        "against Trafficking in Human Beings by Norland", "SECOND EVALUATION ROUND",
        "Adopted on 7 July 2019", "Published on 9 September 2019",
    )]  # fmt: skip
    flow += [PageBreak(), Paragraph("Table of contents", TITLES[1])]
    for entry, page in (("Preamble", 3), ("I. Introduction", 4), ("II. Measures", 4),
                        ("1. Prevention of trafficking", 4), ("2. Protection of victims", 5),
                        ("a. Identification of victims", 5), ("b. Compensation", 6),
                        ("III. Conclusions", 7), ("Appendix 1 - List of GRETA's proposals", 8),
                        ("Appendix 2 - List of bodies visited", 9),
                        ("Government's comments", 10)):  # fmt: skip
        flow.append(Paragraph(f"{entry} {'.' * (90 - len(entry))} {page}", BODY))
    flow.append(PageBreak())
    flow += [Paragraph("Preamble", TITLES[1]), Paragraph(FILLER, BODY), PageBreak()]
    number = iter(range(1, 100))

    def numbered(text: str, style: ParagraphStyle = BODY) -> None:
        flow.append(Paragraph(f"{next(number)}. {text}", style))

    flow.append(Paragraph("I. Introduction", TITLES[1]))
    for _ in range(4):
        numbered(FILLER)
    flow.append(Paragraph("II. Measures", TITLES[1]))
    flow.append(Paragraph("1. Prevention of trafficking", TITLES[2]))
    for _ in range(9):
        numbered(FILLER)
    numbered(INVITE, BOLD)
    flow.append(Paragraph("2. Protection of victims", TITLES[2]))
    flow.append(Paragraph("a. Identification of victims", TITLES[3]))
    for _ in range(12):
        numbered(FILLER)
    numbered(IDENTIFY, BOLD)
    flow += [Paragraph(f"\u2022 {point}", BOLD) for point in POINTS]
    flow.append(Paragraph("b. Compensation", TITLES[3]))
    for _ in range(8):
        numbered(FILLER)
    numbered(COMPENSATE, BOLD)
    flow.append(Paragraph("III. Conclusions", TITLES[1]))
    numbered(FILLER)
    flow += [PageBreak(), Paragraph("Appendix 1 - List of GRETA's proposals", TITLES[1])]
    for theme, text, paragraph in (
        ("Prevention of trafficking", INVITE, 14), ("Identification of victims", IDENTIFY, 27),
        ("Compensation", COMPENSATE, 36),
    ):  # fmt: skip
        flow.append(Paragraph(theme, TITLES[3]))
        flow.append(Paragraph(f"\u2022 {text} (paragraph {paragraph})", BODY))
    flow += [PageBreak(), Paragraph("Appendix 2 - List of bodies visited", TITLES[1])]
    flow += [Paragraph(f"- {body}", BODY) for body in ("Police Authority", "Prosecution Office")]
    flow += [PageBreak(), Paragraph("Government's comments", TITLES[1])]
    flow.append(Paragraph(
        "The following comments do not form part of GRETA's analysis concerning the situation in "
        "Norland.", BODY))  # fmt: skip
    flow += [Spacer(1, 8), Paragraph(f"\u201c{COMPENSATE}\u201d", BODY)]
    flow.append(Paragraph("The Government notes that the law was amended in 2019.", BODY))
    return flow


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> AnnotatedDocument:
    path = tmp_path_factory.mktemp("greta") / "greta-norland.pdf"

    def furniture(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setFont("Times-Roman", 9)
        page = template.page
        if page > 1:
            text, draw = (f"{NUMBER} {page}", canvas.drawRightString) if page % 2 else (
                f"{page} {NUMBER}", canvas.drawString)  # fmt: skip
            draw(525 if page % 2 else 70, 800, text)
            canvas.drawString(70, 790, "_" * 88)

    frame = Frame(64, 70, 467, 700)
    template = BaseDocTemplate(str(path), pagesize=A4, invariant=1)
    template.addPageTemplates([PageTemplate(frames=[frame], onPage=furniture)])
    template.build(story())
    return annotate(read_document(path))


def test_each_proposal_counts_once(report: AnnotatedDocument) -> None:
    found = [(r.strength, r.paragraph, r.repeated) for r in report.recommendations]
    assert found == [("invite", "14", False), ("urge", "27", True), ("consider", "36", False)]


def test_a_proposal_has_its_points_and_its_second_sentence(report: AnnotatedDocument) -> None:
    _, urged, considered = report.recommendations
    assert len(urged.parts) == len(POINTS)
    assert "collect data on compensation granted" in considered.text


def test_the_running_header_is_gone_and_pages_are_numbered(report: AnnotatedDocument) -> None:
    document = report.document
    assert NUMBER not in [b.at.of(document.text) for b in document.blocks[6:]]
    assert not any("____" in b.at.of(document.text) for b in document.blocks)
    assert [p.printed for p in document.pages][1:] == [
        str(n) for n in range(2, len(document.pages) + 1)
    ]


def test_headings_stand_under_each_other(report: AnnotatedDocument) -> None:
    found = [(s.level, s.label) for s in report.sections]
    start = found.index((1, "I Introduction"))
    assert found[start:] == [
        (1, "I Introduction"),
        (1, "II Measures"),
        (2, "1 Prevention of trafficking"),
        (2, "2 Protection of victims"),
        (3, "a Identification of victims"),
        (3, "b Compensation"),
        (1, "III Conclusions"),
        (1, "Appendix 1 - List of GRETA's proposals"),
        (2, "Prevention of trafficking"),
        (2, "Identification of victims"),
        (2, "Compensation"),
        (1, "Appendix 2 - List of bodies visited"),
        (1, "Government's comments"),
    ]


def test_what_the_cover_says(report: AnnotatedDocument) -> None:
    facts = {m.name: m.value for m in report.document.metadata if m.origin == "document"}
    assert facts["kind"] == "GRETA-rapport"
    assert (facts["number"], facts["round"]) == (NUMBER, "2")
    assert (facts["adopted"], facts["published"]) == ("2019-07-07", "2019-09-09")
    assert facts["addressee"] == "Norland"
    assert facts["title"].startswith("Report concerning the implementation of the Council of Eur")
