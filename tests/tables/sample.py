"""A small, realistic trace: quotes are sliced from the texts in corpus/, so they are verbatim."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from rodtrad.datamodel import (
    Candidate,
    ContextPassage,
    Deadline,
    Document,
    Evidence,
    Gap,
    Measure,
    Recommendation,
    Sentence,
    Span,
    TraceLine,
)
from rodtrad.datamodel.cleantext import whole
from rodtrad.tables.deadlines import deadline_record, sorted_deadlines
from rodtrad.tables.traceview import DocumentInfo, Provenance, TraceTable, build_trace_table

CORPUS = Path(__file__).parents[2] / "corpus"
AS_OF = date(2026, 11, 22)
PLAN, REPORT, GRETA = "handlingsplan-2026-2028", "lagesrapport-25", "greta"

DOCUMENTS = {
    PLAN: DocumentInfo(
        PLAN,
        "Handlingsplan mot prostitution och människohandel 2026–2028",
        kind="handlingsplan",
        issuer="Regeringen",
    ),
    REPORT: DocumentInfo(
        REPORT,
        "Människohandel för sexuella och andra ändamål, lägesrapport 25",
        kind="lägesrapport",
        issuer="Polismyndigheten",
        date="2024",
    ),
    GRETA: DocumentInfo(
        GRETA,
        "Europarådets rekommendationer till Sverige (GRETA och partskommittén)",
        kind="rekommendationslista",
        language="en",
    ),
}
PROVENANCE = Provenance(
    generated=AS_OF,
    model="länkmodell 1, kalibrerad",
    encoder="multilingual-e5-small (4 bitar)",
    figures=(("Precision bland godtagna samband", "0,91 (n = 46)"),),
)


@cache
def source_text(document: str) -> str:
    path = next((CORPUS / "sources").glob(f"*/{document}.txt"))
    return path.read_bytes().decode("utf-8")


def span_between(document: str, first: str, last: str, *, after: int = 0) -> Span:
    """From the first occurrence of `first` (behind `after`) to the end of the next `last`."""
    text = source_text(document)
    start = text.index(first, after)
    return Span(start, text.index(last, start) + len(last))


def quoted(document: str, first: str, last: str, *section: str, after: int = 0) -> Evidence:
    span = span_between(document, first, last, after=after)
    quote = span.of(source_text(document))
    return Evidence(document, quote, span.start, span.end, None, section)


def summarised(text: str) -> Evidence:
    return Evidence(GRETA, None, None, None, None, (), summary=text)


REMEDY = (
    "Improve identification of victims; among other things, formal identification must not hang "
    "on whether the victim co-operates in the investigation and the criminal proceedings."
)
SECTION_7_3 = "7.3 Nationella samordningen mot prostitution och människohandel"
SECTION_4_3 = "4.3 Stöd och skydd till utsatta"
TITLE_431 = (
    "Uppdrag till flera myndigheter att förbereda för stöd till utsatta för prostitution och "
    "närliggande målgrupper"
)
TITLE_439 = (
    "Uppdrag till Migrationsverket att vidta åtgärder som stärker tryggheten och säkerheten på "
    "myndighetens boenden"
)
TITLE_441 = (
    "Uppdrag till Polismyndigheten och Åklagarmyndigheten att förstärka arbetet mot människohandel "
    "och människoexploatering"
)
EXIT, RECOVERY = (
    "5.7 Införande av Exitprogram för barn och vuxna",
    ("5.4 Nationell riktlinje för handläggning av betänketid"),
)


def deadline(kind: str, day: str, phrase: str, *responsible: str, **more: object) -> Deadline:
    span = span_between(PLAN, phrase, phrase)
    return Deadline(kind, day, responsible, span, **more)  # type: ignore[arg-type]


def sentence_around(due: Deadline) -> Sentence:
    """The sentence of the plan from the full stop before the date to the next one."""
    text = source_text(PLAN)
    span = Span(text.rindex(". ", 0, due.span.start) + 2, text.index(").", due.span.end) + 2)
    return Sentence(" ".join(span.of(text).split()), span)


def measure(number: str, title: str, **fields: object) -> Measure:
    """A measure of the plan whose span runs from its heading to `last`."""
    last = str(fields.pop("last"))
    body = source_text(PLAN).index(f"{number} {title}", 40_000)
    span = span_between(PLAN, f"{number} {title}", last, after=body)
    due: tuple[Deadline, ...] = fields.get("deadlines", ())  # type: ignore[assignment]
    settings: dict[str, object] = {
        "sentences": tuple(sentence_around(item) for item in due),
        "type": "uppdrag",
        "state": "pågående",
        "other_agencies": (),
        "deadlines": (),
        "dnr": (),
        "other_dnr": (),
        "refs": (),
        "amounts": (),
        "section": (f"{number} {title}",),
    } | fields
    return Measure(
        id=number,
        document=PLAN,
        title=title,
        text=" ".join(span.of(source_text(PLAN)).split()),
        at=span,
        span=span,
        **settings,  # type: ignore[arg-type]
    )


def measures() -> tuple[Measure, ...]:
    support = ("Jämställdhetsmyndigheten", "Socialstyrelsen", "länsstyrelserna")
    return (
        measure(
            "4.3.1",
            TITLE_431,
            last="slutredovisas senast den 1 mars 2029 (A2025/00637).",
            state="delredovisad",
            agencies=support,
            other_agencies=("Statens beredning för medicinsk och social utvärdering",),
            deadlines=(
                deadline(
                    "slutredovisning", "2027-02-26", "den 26 februari 2027", *support, part="del 1"
                ),
                deadline(
                    "slutredovisning",
                    "2029-03-01",
                    "den 1 mars 2029",
                    "Socialstyrelsen",
                    part="del 2",
                    flags=("ligger efter planperiodens slut",),
                ),
            ),
            dnr=("A2025/00637",),
            section=(SECTION_4_3, f"4.3.1 {TITLE_431}"),
            flags=(
                "Statens beredning för medicinsk och social utvärdering nämns bland mottagarna "
                "men inte i någon av delarna",
            ),
        ),
        measure(
            "4.3.9",
            TITLE_439,
            last="utnyttjande i prostitution och människohandel (Ju2022/03315",
            agencies=("Migrationsverket",),
            dnr=("Ju2022/03315",),
            section=(SECTION_4_3, f"4.3.9 {TITLE_439}"),
        ),
        measure(
            "4.4.1",
            TITLE_441,
            last="slutredovisas senast den 1 oktober 2026 (Ju2025/01324).",
            agencies=("Polismyndigheten", "Åklagarmyndigheten"),
            deadlines=(
                deadline(
                    "slutredovisning",
                    "2026-10-01",
                    "den 1 oktober 2026",
                    "Polismyndigheten",
                    "Åklagarmyndigheten",
                ),
            ),
            dnr=("Ju2025/01324",),
            section=("4.4 Brottsbekämpning", f"4.4.1 {TITLE_441}"),
        ),
    )


def demand(item: str, first: str, last: str, section: str, strength: str) -> Recommendation:
    span = span_between(REPORT, first, last, after=source_text(REPORT).index(section))
    quote = span.of(source_text(REPORT))
    return Recommendation(
        id=item,
        document=REPORT,
        issuer="Polismyndigheten",
        addressees=("Regeringen",),
        strength=strength,
        text=" ".join(quote.split()),
        language="sv",
        quote=quote,
        span=span,
        section=(section,),
    )


def recommendations() -> tuple[Recommendation, ...]:
    return (
        demand("5.7", "Polismyndigheten i egenskap", "individuell plan.", EXIT, "endorse"),
        demand("5.4", "Polismyndigheten föreslår", "för berörda myndigheter.", RECOVERY, "propose"),
        Recommendation(
            id="SE-R3-01",
            document=GRETA,
            issuer="GRETA",
            addressees=("Sweden",),
            strength="urge",
            text=REMEDY,
            language="en",
            summary=REMEDY,
            theme="identification",
            articles=("10", "12"),
            source="Pressmeddelande, GRETA:s tredje rapport om Sverige, 2023",
        ),
    )


def candidate(number: str, probability: float, grade: int, **fields: object) -> Candidate:
    settings: dict[str, object] = {"explicit": False, "accepted": probability >= 0.7} | fields
    return Candidate(number, PLAN, probability, grade, **settings)  # type: ignore[arg-type]


def lines() -> tuple[TraceLine, ...]:
    exits, recovery, _ = recommendations()
    own = {r.id: Evidence(REPORT, r.quote, r.span.start, r.span.end, None, r.section)
           for r in (exits, recovery) if r.span}  # fmt: skip
    support = quoted(
        PLAN, "Jämställdhetsmyndigheten, Socialstyrelsen, länsstyrelserna och SBU",
        "filmer som sprids.",
        SECTION_4_3, f"4.3.1 {TITLE_431}",
    )  # fmt: skip
    lodging = quoted(
        PLAN, "Migrationsverket har i uppdrag att vidta", "kort och lång sikt.",
        SECTION_4_3, f"4.3.9 {TITLE_439}",
    )  # fmt: skip
    police = quoted(
        PLAN, "Polismyndigheten ska särskilt fokusera på att identifiera", "människoexploatering.",
        "4.4 Brottsbekämpning", f"4.4.1 {TITLE_441}",
    )  # fmt: skip
    exploitation = ("gemensamma termer: exitprogram, prostitution",)
    return (
        TraceLine(
            "5.7", REPORT, exits.text, "endorse", "partly",
            (candidate("4.3.1", 0.923, 2, signals=exploitation, evidence_from=own["5.7"],
                       evidence_to=support),),
        ),
        TraceLine(
            "5.4", REPORT, recovery.text, "propose", "gap",
            (candidate("4.3.9", 0.17, 0,
                       signals=("gemensamt: stöd och hjälp till offer", "saknas i åtgärden: barn"),
                       evidence_from=own["5.4"], evidence_to=lodging),),
            context=(
                ContextPassage(
                    quoted(PLAN, "Socialnämnden kan även ansöka", "saknar uppehållstillstånd.",
                           "2.3 Stöd och insatser från socialtjänsten"), 0.81),
                ContextPassage(
                    quoted(PLAN, "Bland utvecklingsområdena", "organiserad brottslighet.",
                           SECTION_7_3), 0.77),
            ),
            gap=Gap("Handlingsplan mot prostitution och människohandel 2026–2028 (3 åtgärder)",
                    ("4.3.9",), 0.3),
        ),
        TraceLine(
            "SE-R3-01", GRETA, REMEDY, "urge", "partly",
            (candidate("4.4.1", 0.764, 1, signals=("samma ämne: identifiering av offer",),
                       evidence_from=summarised(REMEDY), evidence_to=police),
             candidate("4.3.1", 0.31, 1, signals=(), evidence_from=summarised(REMEDY),
                       evidence_to=support)),
        ),
    )  # fmt: skip


def table(**fields: object) -> TraceTable:
    settings: dict[str, object] = {
        "documents": DOCUMENTS,
        "as_of": AS_OF,
        "provenance": PROVENANCE,
        "notes": (
            "Planens avsnitt 7.4 bygger på en senare lägesrapport (26) än den som ingår här (25).",
        ),
    } | fields
    return build_trace_table(
        lines(),
        recommendations(),
        measures(),
        **settings,  # type: ignore[arg-type]
    )


@cache
def plan_document() -> Document:
    source = source_text(PLAN)
    return Document(PLAN, "handlingsplan", "sv", source, whole(source), ())


def deadline_records() -> list[dict[str, object]]:
    return [
        deadline_record(due, item, plan_document(), as_of=AS_OF)
        for item, due in sorted_deadlines(measures(), as_of=AS_OF)
    ]


def replaced(item: Measure, **fields: object) -> Measure:
    return replace(item, **fields)  # type: ignore[arg-type]
