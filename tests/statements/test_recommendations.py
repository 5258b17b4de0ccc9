"""Recommendations: Swedish reports, replies, GRETA and UN committees; what is not one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rodtrad.datamodel import Document
from rodtrad.entities import find_mentions
from rodtrad.segmentation import find_sections
from rodtrad.statements import Statements, find_statements
from rodtrad.statements.english import english_cue
from rodtrad.statements.replies import reply_cue
from rodtrad.statements.splitting import split_demand

Read = Callable[..., tuple[Document, Statements]]
CorpusStatements = Callable[[str], Statements]
CASES = Path(__file__).parents[1] / "cases" / "statements"
OWN = frozenset({"länsstyrelsen", "vi"})

ASKS = [
    ("Jämställdhetsmyndigheten behöver göra detta i nära samverkan.", "need"),
    ("För detta krävs tydliga uppdrag.", "need"),
    ("Ett genomförande kräver därför att kommunerna stärks.", "need"),
    ("Det är av stor vikt att samplanera förslagen.", "need"),
    ("Länsstyrelsen betonar vikten av att rollen bibehålls.", "need"),
    ("Ett medskick är att granska kvaliteten.", "wish"),
    ("Det saknas en analys av hur rättigheterna ska säkras.", "wish"),
    ("Utredningen berör inte heller hur barns rätt ska garanteras.", "wish"),
    ("Regeringen bör se över finansieringen.", "recommend"),
    ("Länsstyrelsen föreslår att tiden förlängs.", "propose"),
]
DOES_NOT_ASK = [
    "Utredningen föreslår att en samordnare utses.",
    "GRETA betonar vikten av långtgående stöd.",
    "Det är mer än vad som krävs enligt direktivet.",
    "Länsstyrelsen kommer eventuellt behöva öka sitt stöd.",
    "Det konstateras att stödet bör vara könsspecifikt.",
    "Länsstyrelsen tillstyrker förslaget.",
    "Polisen saknar i dagsläget särskilda sektioner.",
    "Länet har femton kommuner.",
]


@pytest.mark.parametrize(("sentence", "label"), ASKS)
def test_reply_asks(sentence: str, label: str) -> None:
    cue = reply_cue(sentence, OWN)
    assert cue is not None
    assert cue.label == label


@pytest.mark.parametrize("sentence", DOES_NOT_ASK)
def test_reply_does_not_ask(sentence: str) -> None:
    assert reply_cue(sentence, OWN) is None


ENGLISH = [
    ("GRETA once again urges the Swedish authorities to improve it.", "urge"),
    ("GRETA considers that the Swedish authorities should do more.", "consider"),
    ("GRETA invites the Swedish authorities to continue.", "invite"),
    ("The Committee recommends that the State party ensure access.", "recommend"),
    ("It also urges the State party to allocate resources.", "urge"),
    ("Recommends that the Government of Sweden take measures.", "recommend"),
    ("Further recommends that the Government of Sweden take measures.", "recommend"),
    ("Invites further the Government of Sweden to continue the dialogue.", "invite"),
    ("GRETA considers that the situation has improved.", None),
    ("GRETA welcomes the steps taken.", None),
    ("GRETA stresses the importance of training.", None),
    ("GRETA is concerned by the low number of victims.", None),
    ("The Committee notes the recommendations of others.", None),
]


@pytest.mark.parametrize(("sentence", "strength"), ENGLISH)
def test_english_verbs(sentence: str, strength: str | None) -> None:
    cue = english_cue(sentence)
    assert (cue.label if cue else None) == strength


def test_split_points_inherit_the_verb() -> None:
    lead = "GRETA urges the Swedish authorities to:"
    assert split_demand(lead, ["− train all staff;", "− Set up a mechanism."]) == (
        "GRETA urges the Swedish authorities to train all staff.",
        "GRETA urges the Swedish authorities to set up a mechanism.",
    )
    assert split_demand("Rådet bör se över stödet.") == ()


def test_greta_report(read: Read) -> None:
    text = (CASES / "greta-report.txt").read_text(encoding="utf-8")
    document, found = read(text, kind="GRETA", issuer="GRETA", language="en")
    shown = [(r.id, r.strength, r.repeated, len(r.parts)) for r in found.recommendations]
    assert shown == [
        ("46", "urge", True, 3),
        ("48", "consider", False, 2),
        ("49", "invite", False, 0),
    ]
    first = found.recommendations[0]
    assert first.addressees == ("Sverige",)
    assert first.paragraph == "46"
    assert first.span is not None
    assert first.quote == document.quote(first.span)
    assert first.parts[2].endswith("to set up a national referral mechanism.")


REPORT = (CASES / "report.txt").read_text(encoding="utf-8")


def test_report_groups_what_states_the_same_proposal(read: Read) -> None:
    _, found = read(REPORT, kind="lägesrapport", issuer="Polismyndigheten")
    shown = [(r.id, r.strength, len(r.sentences), r.addressees) for r in found.recommendations]
    assert shown == [
        ("3.1", "propose", 2, ("regeringen",)),
        ("3.2", "endorse", 2, ("regeringen",)),
        ("3.3", "undertake", 1, ("Polismyndigheten",)),
        ("3.3-2", "endorse", 1, ("Migrationsverket",)),
    ]
    endorsed = found.recommendations[1]
    assert endorsed.parts[0].startswith("Socialstyrelsen rekommenderar")
    assert endorsed.parts[1] == "en översyn bör göras av tillsynen."
    assert found.recommendations[2].own_undertaking
    assert "Ett centrum" in found.recommendations[0].context


def test_situation_report_chapter_five(corpus_statements: CorpusStatements) -> None:
    found = corpus_statements("lagesrapport-25").recommendations
    sections = [r.section[-1].split()[0] for r in found]
    assert set(sections) == {f"5.{n}" for n in range(1, 10)}
    strengths = {r.id: r.strength for r in found}
    assert [strengths[f"5.{n}"] for n in range(2, 10)] == [
        "propose", "propose", "propose", "undertake", "endorse", "endorse", "endorse", "undertake",
    ]  # fmt: skip
    by_id = {r.id: r for r in found}
    assert by_id["5.4"].addressees == ("Migrationsverket",)
    assert by_id["5.8"].addressees == ("Jämställdhetsmyndigheten", "länsstyrelserna")
    assert len(by_id["5.6"].parts) == 2
    assert by_id["5.9-2"].strength == "endorse"


def test_quotes_are_verbatim(read: Read) -> None:
    document, found = read(REPORT, kind="lägesrapport", issuer="Polismyndigheten")
    assert isinstance(document, Document)
    for item in found.recommendations:
        assert item.span is not None
        assert document.quote(item.span) == item.quote


def test_a_sentence_without_end_is_read_in_bounded_time(read: Read) -> None:
    text = "Sammanfattning\n\n" + "Polismyndigheten föreslår att kommunerna tillstyrker " * 1000
    _, found = read(text, kind="remissvar", issuer="Polismyndigheten", language="sv")
    assert found.measures == ()


def _flagged(document: Document, flags: dict[str, str]) -> Document:
    """The document with a flag on each block that begins with one of the words."""
    blocks = tuple(
        replace(b, flags=tuple(f for start, f in flags.items() if text.startswith(start)))
        for b in document.blocks
        for text in [b.at.of(document.text)]
    )
    return replace(document, blocks=blocks)


MONITORING = """Report

1. GRETA urges the Swedish authorities to train the police.

2. GRETA considers that the Swedish authorities should fund shelters.

3. GRETA invites the Swedish authorities to publish the statistics.

4. NGOs recall that GRETA urges the authorities to act on begging.

Second part

5. The Government notes that GRETA urges the authorities to hire judges.
"""


@pytest.mark.parametrize(
    ("flags", "numbers"),
    [
        pytest.param({}, ["1", "2", "3", "4", "5"], id="a text without typography"),
        pytest.param(
            {"1.": "bold", "2.": "bold", "3.": "bold"}, ["1", "2", "3"], id="proposals in bold"
        ),
        pytest.param({"1.": "bold"}, ["1", "2", "3", "4", "5"], id="one bold paragraph"),
        pytest.param({"5.": "comments"}, ["1", "2", "3", "4"], id="comments of the government"),
    ],
)
def test_what_the_file_says_of_a_paragraph(
    flags: dict[str, str], numbers: list[str], read: Read
) -> None:
    document, _ = read(MONITORING, kind="GRETA-rapport", issuer="GRETA", language="en")
    flagged = _flagged(document, flags)
    sections = find_sections(flagged)
    found = find_statements(flagged, sections, find_mentions(flagged, sections))
    assert [r.paragraph for r in found.recommendations] == numbers


def test_two_demands_of_a_box_with_different_addressees_are_two(read: Read) -> None:
    text = (
        "Betänkande\n\n9 Förslag\n\n9.1 Utbildning\n\nUtredningens rekommendation: "
        "Åklagarmyndigheten bör utbilda åklagare. Domstolsverket bör erbjuda domare fortbildning."
        "\n\n9.2 Straff\n\nUtredningens förslag: Straffet höjs. Brottet byter namn.\n"
        "\n9.3 Stöd\n\nUtredningens förslag: Socialstyrelsen ska ta fram en vägledning. "
        "Vägledningen ska spridas. Skolverket ska utbilda rektorer.\n"
    )
    _, found = read(text, kind="SOU", issuer="Utredningen", language="sv")
    assert [(r.section, r.addressees) for r in found.recommendations] == [
        (("9 Förslag", "9.1 Utbildning"), ("Åklagarmyndigheten",)),
        (("9 Förslag", "9.1 Utbildning"), ("Domstolsverket",)),
        (("9 Förslag", "9.2 Straff"), ("regeringen",)),
        (("9 Förslag", "9.3 Stöd"), ("Socialstyrelsen",)),
        (("9 Förslag", "9.3 Stöd"), ("Statens skolverk",)),
    ]


def test_points_under_a_mere_label_are_the_demand(read: Read) -> None:
    text = (
        "Regeringens proposition\n\n1 Förslag till riksdagsbeslut\n\nRegeringens förslag:\n\n"
        "1. Riksdagen antar förslaget till lag om stöd.\n"
        "2. Riksdagen antar förslaget till lag om tillsyn.\n"
    )
    document, found = read(text, kind="proposition", issuer="Regeringen", language="sv")
    (demand,) = found.recommendations
    assert demand.parts[0] == "Riksdagen antar förslaget till lag om stöd."
    assert demand.text.endswith("lag om tillsyn.")
    assert demand.span
    assert document.quote(demand.span) == demand.quote
    assert demand.quote
    assert demand.quote.endswith("lag om tillsyn.")


HELD = [
    ("Utredningen anser att Boverket även fortsättningsvis ska mäta brunnar.", [("Boverket",)]),
    ("Utredningen anser också att ordet brunn behöver definieras i lag.", [("regeringen",)]),
    ("Utredningen anser att brunnarna behöver vatten.", []),
    ("Myndigheterna i uppdraget bör mäta brunnar.", [("myndigheterna i uppdraget",)]),
    ("Myndigheterna bör ersättas för sina brunnar.", [("regeringen",)]),
    ("Brunnslagen föreslås träda i kraft den 1 maj 2030.", [("regeringen",)]),
    ("I SOU 2001:400 föreslås lagen träda i kraft den 1 maj 2030.", []),
    ("Flera kommuner anser att ordet brunn behöver definieras i lag.", []),
    ("Utredningen anser inte att ordet brunn behöver definieras i lag.", []),
]


@pytest.mark.parametrize(("sentence", "addressees"), HELD)
def test_what_the_issuer_holds_necessary(
    sentence: str, addressees: list[tuple[str, ...]], read: Read
) -> None:
    text = f"Brunnar i landet\n\n4 Brunnarna\n\nDet finns många brunnar. {sentence}\n"
    _, found = read(text, kind="SOU", issuer="Utredningen", language="sv")
    assert [r.addressees for r in found.recommendations] == addressees


def test_a_point_under_its_heading_is_put_to_whom_the_heading_names(read: Read) -> None:
    """Also where the point speaks of what is missing."""
    text = (
        "Granskning av brunnar\n\nRekommendationer\n\nRekommendationer till länsstyrelserna\n\n"
        "• Besluta om brunnar i de län där sådana saknas.\n\n"
        "• Ta fram en karta över de brunnar som finns i länet.\n\nGranskningen är slut.\n"
    )
    _, found = read(text, kind="rapport", issuer="Riksrevisionen", language="sv")
    assert [r.addressees for r in found.recommendations] == [("länsstyrelserna",)] * 2


BOXED = """# Ett starkare skydd

## Sammanfattning

## Straffet

Vi föreslår att minimistraffet höjs till fängelse i sex månader.

## Uppdrag till myndigheter

Arbetsmiljöverket bör få i uppdrag att informera arbetsgivare om reglerna. Sverige bör gå före.

## 7 Överväganden

### 7.1 Straffet

Utredningens förslag: Minimistraffet ska höjas till fängelse i sex månader.
"""


def test_a_boxed_report_keeps_what_only_its_summary_puts_to_a_body(read: Read) -> None:
    _, found = read(BOXED, suffix=".md", kind="SOU", issuer="Utredningen om straff")
    assert [r.addressees for r in found.recommendations] == [
        ("Arbetsmiljöverket",),
        ("regeringen",),
    ]
    assert found.recommendations[1].text.startswith("Minimistraffet ska höjas")


def test_an_audit_puts_its_list_to_each_body_of_the_line_over_it(read: Read) -> None:
    text = (
        "# Granskning\n\n## Slutsatser\n\n"
        "Kustverket anser att Tullverkets mandat bör bli tydligt.\n\n## Rekommendationer\n\n"
        "Till Tullverket och Skogsstyrelsen\n\n"
        "- Tydliggör Tullverkets mandat att leda arbetet.\n"
    )
    _, found = read(text, suffix=".md", kind="rapport", issuer="Kustverket")
    listed = found.recommendations[-1]
    assert listed.addressees == ("Tullverket", "Skogsstyrelsen")


def test_a_text_without_headings_sets_its_list_behind_a_line_alone(read: Read) -> None:
    text = (
        "Riksrevisionen\nGranskningsrapport RiR 2026:70\nStatens isbrytning\n\n"
        "Sammanfattning och rekommendationer\n\nRiksrevisionen har granskat isbrytningen.\n\n"
        "Rekommendationer till regeringen\n- Ge Sjöfartsverket i uppdrag att samla uppgifter.\n"
        "- Se över reglerna för isbrytare.\n\n"
        "Rekommendationer till Sjöfartsverket\n- Ta fram en vägledning.\n- Öva med hamnar.\n\n"
        "Vi har besökt två hamnar.\n\n- Samla uppgifter var svårt.\n- Granska var lätt.\n"
    )
    _, found = read(text, kind="okänd", issuer="Riksrevisionen", language="sv")
    assert [(r.text, r.addressees) for r in found.recommendations] == [
        ("Ge Sjöfartsverket i uppdrag att samla uppgifter.", ("regeringen",)),
        ("Se över reglerna för isbrytare.", ("regeringen",)),
        ("Ta fram en vägledning.", ("Sjöfartsverket",)),
        ("Öva med hamnar.", ("Sjöfartsverket",)),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Länsstyrelserna bör enligt sina egna riktlinjer kontrollera var tionde transport.",
        "Verket har i faktagranskningen uppgett att det avser att se över sina rutiner.",
    ],
)
def test_a_norm_or_an_answer_that_is_told_asks_for_nothing(sentence: str, read: Read) -> None:
    text = f"# Granskning\n\n## 2 Iakttagelser\n\n{sentence}\n"
    _, found = read(text, suffix=".md", kind="rapport", issuer="Riksrevisionen", language="sv")
    assert found.recommendations == ()
