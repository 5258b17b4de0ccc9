"""Stances of consultation replies: the vocabulary, negation, echo, condition, target."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.datamodel import Document
from rodtrad.statements import Statements
from rodtrad.statements.issuer import self_names
from rodtrad.statements.positions import stance_of
from rodtrad.statements.targets import trimmed_target

Read = Callable[..., tuple[Document, Statements]]
OWN = self_names("Institutet för mänskliga rättigheter") | {"vi"}

CASES = [
    ("Institutet tillstyrker förslaget.", "tillstyrker"),
    ("Institutet tillstyrker i huvudsak förslagen.", "tillstyrker i huvudsak"),
    (
        "Institutet tillstyrker förslaget under förutsättning att medel ges.",
        "tillstyrker under villkor",
    ),
    ("Vi ser positivt på förslaget, förutsatt att rådet deltar.", "tillstyrker under villkor"),
    ("Institutet tillstyrker förslaget men vill framföra följande.", "tillstyrker med synpunkter"),
    ("Institutet ställer sig bakom förslaget.", "tillstyrker"),
    ("Institutet välkomnar förslaget.", "välkomnar"),
    ("Det är välkommet att frågan utreds.", "välkomnar"),
    ("Institutet delar utredningens bedömning att åldern inte bör höjas.", "delar bedömningen"),
    ("Vi instämmer i den bedömningen.", "delar bedömningen"),
    ("Institutet delar inte utredningens uppfattning.", "tveksam"),
    ("Institutet avstyrker förslaget.", "avstyrker"),
    ("Institutet avstyrker delvis förslaget.", "avstyrker delvis"),
    ("Institutet kan inte tillstyrka förslaget.", "avstyrker"),
    ("Institutet tillstyrker inte förslaget.", "avstyrker"),
    ("Institutet avstyrker inte förslaget.", "inget att erinra"),
    ("Institutet har inget att erinra mot förslaget.", "inget att erinra"),
    ("Institutet har inga invändningar.", "inget att erinra"),
    ("Institutet har inga synpunkter på förslaget.", "inga synpunkter"),
    ("Institutet avstår från att yttra sig.", "avstår"),
    ("Institutet tar inte ställning till förslaget.", "tar inte ställning"),
    ("Institutet är tveksamt till tidsplanen.", "tveksam"),
    ("Institutet ifrågasätter beräkningen.", "tveksam"),
    ("Till förslaget om utsättning hyser institutet tvekan.", "tveksam"),
    ("Den föreslagna avgiften är inte invändningsfri.", "tveksam"),
    ("Förslaget om vite är inte oproblematiskt.", "tveksam"),
    ("Frågan om ett museum lämnar institutet därhän.", "tar inte ställning"),
    ("Institutet ser inga skäl att motsätta sig förslaget.", "inget att erinra"),
    ("I den del förslaget avser barn avstyrks det.", "avstyrker delvis"),
    ("Enligt institutets uppfattning saknas det skäl att införa ett nytt straff.", "avstyrker"),
    ("Vad utredningen föreslår om vite föranleder inga synpunkter.", "inga synpunkter"),
    ("Vi uppskattar att utredningen lyfter frågan.", "välkomnar"),
    ("Att stödet bara ska omfatta vuxna är obegripligt.", "tveksam"),
    ("Institutet anser att det inte finns tillräckliga skäl att ändra lagen.", "avstyrker"),
]
MORE = [
    ("Förslaget om vite avstyrks såvitt avser barn.", "avstyrker delvis"),
    ("Vi kan inte ställa oss bakom tiden i den del den avser barn.", "avstyrker delvis"),
    ("Vi kan stödja förslaget om ett register om medel tillförs.", "tillstyrker under villkor"),
    ("Vi kan stödja förslaget om ett register som medel tillförs.", "tillstyrker"),
    (
        "Vi tar inte ställning till avgiften, då den ligger utanför vårt ansvar.",
        "tar inte ställning",
    ),
    ("Frågan om avgiften ligger utanför institutets ansvar.", "avstår"),
    ("Denna bild stämmer väl med institutets egna erfarenheter.", "delar bedömningen"),
]
CASES += MORE
NOT_STANCES = [
    "Tanken är god: kvaliteten måste granskas.",
    "Utredningen välkomnar en bred debatt.",
    "Utredningen instämmer i kommitténs bedömning.",
    "Flera delar i direktivet är nya.",
    "Institutet bildades 2022.",
    "Kommunerna har haft synpunkter på stödet.",
    "Bo Ek har skrivit yttrandet, som institutet ansluter sig till.",
    "Institutet har inget ytterligare att tillägga.",
    "Tillgången till vård är inte fri.",
    "Institutet uppskattar att förslagen medför ett behov av fem tjänster.",
]


@pytest.mark.parametrize(("sentence", "stance"), CASES)
def test_stance_of_sentence(sentence: str, stance: str) -> None:
    assert stance_of(sentence, OWN) == stance


@pytest.mark.parametrize("sentence", NOT_STANCES)
def test_no_stance(sentence: str) -> None:
    assert stance_of(sentence, OWN) is None


@given(st.text(max_size=200))
def test_any_text_gives_a_known_stance_or_none(sentence: str) -> None:
    known = {stance for _, stance in CASES} | {"samma", None}
    assert stance_of(sentence, OWN) in known


REPLY = (Path(__file__).parents[1] / "cases" / "statements" / "remissvar.txt").read_text(
    encoding="utf-8"
)


def test_reply_with_targets_conditions_and_wishes(read: Read) -> None:
    document, found = read(
        REPLY, kind="remissvar", issuer="Institutet för mänskliga rättigheter", language="sv"
    )
    shown = [(s.stance, s.target, s.condition, len(s.wishes)) for s in found.stances]
    assert shown == [
        ("avstyrker", "förslaget att lagen ska gälla retroaktivt", None, 0),
        ("avstyrker", "förslaget om sanktioner", None, 0),
        (
            "tillstyrker under villkor",
            "förslaget om statsbidrag",
            "kommunerna kompenseras fullt ut",
            1,
        ),
        ("välkomnar", "att tillsynen stärks", None, 0),
        ("tar inte ställning", "kapitel 9", None, 0),
    ]
    assert {s.target_document for s in found.stances} == {"SOU 2024:10"}
    assert found.stances[0].section[-1] == "5.1 En ny lag"
    assert all(document.quote(s.span) for s in found.stances)
    assert [r.text for r in found.recommendations] == [
        "Det saknas en analys av hur små kommuner påverkas."
    ]


TARGETS = [
    ("Kommunen kan tillstyrka förslaget endast under förutsättning att medel ges.", "Tillsyn"),
    ("Kommunen avstår från att yttra sig i denna del.", "Tillsyn"),
    ("Kommunen tillstyrker utredningens förslag.", "Tillsyn"),
    ("Kommunen delar synen att kravet är för lågt och tillstyrker därför förslaget.", "Tillsyn"),
    ("Vi finner inte skäl för ett register och kan inte tillstyrka förslaget.", "ett register"),
    ("I övrigt lämnar kommunen förslagen utan erinran.", "övrigt"),
    ("Kommunen avstyrker emellertid att kommunen får ansvaret.", "att kommunen får ansvaret"),
    ("Kommunen avstyrker förslaget om vite.", "förslaget om vite"),
    ("Kommunen tillstyrker förslagen med undantag för vitet, som kommunen avstyrker.", "Tillsyn"),
    ("Vi anser inte att ett register bör inrättas.", "att ett register bör inrättas"),
    ("Tillstyrks med den ändringen att nämnden beslutar.", "Tillsyn"),
    ("Tidplanen är orealistisk.", "Tidplanen"),
    ("Förslaget är enligt kommunens mening alltför vagt.", "Tillsyn"),
    ("Förslaget om vite avstyrks emellertid.", "Förslaget om vite"),
    ("Kommunen är positiv till betänkandets förslag men anser att tiden är kort.", "Tillsyn"),
    ("I den del förslaget avser barns uppgifter avstyrks det.", "barns uppgifter"),
    ("Frågan om ett museum lämnar kommunen därhän.", "ett museum"),
    ("Kommunen ser inga skäl att motsätta sig förslaget om vite.", "förslaget om vite"),
    ("Kommunen motsätter sig bestämt kravet på vite.", "kravet på vite"),
    ("Kommunen kan stödja förslaget om vite om medel tillförs.", "förslaget om vite"),
    ("Kommunen kan inte stödja tiden i den del den avser barn.", "tiden"),
    ("Vi finner inte att skälen för vite räcker och avstyrker därför förslaget.", "Tillsyn"),
    ("Kommunen ställer sig bakom förslaget och dess inriktning.", "Tillsyn"),
    (
        "Utredningen föreslår att avgiften slopas. Vi motsätter oss en sådan ordning, som är dyr.",
        "avgiften slopas",
    ),
    (
        "Utredningen föreslår att avgiften slopas. Mot detta har vi inga invändningar.",
        "avgiften slopas",
    ),
]


@pytest.mark.parametrize(("sentence", "target"), TARGETS)
def test_target_of_a_stance_in_a_section(sentence: str, target: str, read: Read) -> None:
    text = (
        f"Yttrande över SOU 2024:10\n\n4.1 Inledning\n\nVi har läst.\n\n4.2 Tillsyn\n\n{sentence}\n"
    )
    _, found = read(text, kind="remissvar", issuer="Ekeboda kommun", language="sv")
    assert [s.target for s in found.stances][:1] == [target]


def test_a_point_of_a_list_has_no_wishes_of_the_next(read: Read) -> None:
    text = (
        "Yttrande över SOU 2024:10\n\nSammanfattning\n\n"
        "- Kommunen avstyrker förslaget om vite. Vitet bör utredas vidare.\n"
        "- Kommunen anser att Polismyndigheten behöver ökade resurser.\n"
    )
    _, found = read(text, kind="remissvar", issuer="Ekeboda kommun", language="sv")
    assert [s.wishes for s in found.stances] == [("Vitet bör utredas vidare.",)]
    assert found.recommendations[-1].text.startswith("Kommunen anser")


@given(st.text(max_size=80))
def test_a_trimmed_target_is_part_of_what_was_read(text: str) -> None:
    assert trimmed_target(text, OWN) in text


def test_other_kinds_take_no_stance(read: Read) -> None:
    _, found = read(REPLY, kind="handlingsplan", issuer="Regeringen", language="sv")
    assert found.stances == ()


def test_a_stand_on_the_whole_and_one_on_a_part_are_two(read: Read) -> None:
    said = "Kommunen är positiv till utredningens förslag och välkomnar att stödet stärks."
    text = f"# Yttrande över SOU 2024:10\n\n## Synpunkter\n\n{said}\n"
    _, found = read(text, suffix=".md", kind="remissvar", issuer="Ekeboda kommun")
    assert [s.target for s in found.stances] == ["utredningens förslag", "att stödet stärks"]


def test_a_body_written_in_capitals_speaks_by_its_name_and_headings_lose_their_place(
    read: Read,
) -> None:
    text = (
        "# Remissvar på Ds 2025:14\n\n## Samordning (avsnitt 6)\n\n"
        "Roks är positiva till att stödet stärks. I övrigt tillstyrks förslaget.\n\n"
        "## Åldersgräns (avsnitt 7)\n\nInga synpunkter.\n"
    )
    _, found = read(
        text, suffix=".md", kind="remissvar", issuer="ROKS – Riksorganisationen för jourer"
    )
    assert [(s.stance, s.target) for s in found.stances] == [
        ("välkomnar", "att stödet stärks"),
        ("tillstyrker", "övrigt"),
        ("inga synpunkter", "Åldersgräns"),
    ]
