"""Aspects are counted by cues, in both languages, names and set phrases apart."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.errors import UsageError
from rodtrad.tracing.aspects import FACETS, AspectBook, load_aspects, parse_aspects


def found(text: str, language: str = "sv") -> set[str]:
    book = load_aspects()
    counts = book.counts(text, language)
    return {a.id for a, n in zip(book.aspects, counts, strict=True) if n}


@pytest.mark.parametrize(
    ("text", "language", "aspect"),
    [
        ("Migrationsverket bör ta fram en riktlinje om betänketid.", "sv", "action.reflection"),
        ("Grant a recovery and reflection period.", "en", "action.reflection"),
        ("Fler yrkesverksamma bör utbildas.", "sv", "action.train"),
        ("Train labour inspectors.", "en", "actor.labour-inspection"),
        ("Klimatanpassningen av kuststäder", "sv", "field.climate"),
        ("offer för organhandel", "sv", "form.organ-removal"),
        ("den som nyttjar en tjänst", "sv", "form.demand"),
        ("discourage demand for the services of trafficked persons", "en", "form.demand"),
        ("children going missing", "en", "form.missing"),
        ("have such material removed quickly", "en", "action.remove-content"),
        ("removal of illegal content", "en", "action.remove-content"),
        ("låt utvärdera arbetet", "sv", "action.evaluate"),
        ("victims can complain without fear", "en", "action.complaint"),
        ("en ny nationell strategi", "sv", "action.plan"),
        ("women subjected to violence", "en", "form.intimate-violence"),
        ("training for transplant staff", "en", "action.train"),
        ("bring offenders to justice", "en", "action.investigate"),
        ("asylum seekers at reception centres", "en", "action.reception"),
        ("en informationskampanj i skolan", "sv", "action.awareness"),
        ("ratify the protocol", "en", "action.ratify"),
        ("underteckna konventionen", "sv", "action.ratify"),
        ("ersättning för sexuella övergrepp", "sv", "action.compensate"),
        ("sexual abuse of children online", "en", "form.child-sexual-abuse"),
        ("sexualbrott mot barn på nätet", "sv", "form.child-sexual-abuse"),
        ("protect victims from punishment", "en", "action.non-punishment"),
        ("unga som riskerar att giftas bort", "sv", "form.honour"),
        ("våld mot närstående", "sv", "form.intimate-violence"),
        ("en nationell undersökning om våld", "sv", "action.map-needs"),
        ("män som utövar våld", "sv", "action.prevent-reoffend"),
        ("våldsförebyggande insatser", "sv", "action.prevent"),
        ("byggbranschen och restaurangbranschen", "sv", "group.business"),
        ("Skärp straffen för koppleri.", "sv", "action.higher-penalty"),
        ("den brottsbeivrande myndigheten", "sv", "action.investigate"),
        ("staff who know the signs of trafficking", "en", "action.identify"),
        ("en tydligare styrning", "sv", "action.govern"),
        ("Ta fram handböcker.", "sv", "action.guideline"),
        ("en enhetlig registrering av ärenden", "sv", "action.data"),
        ("våld i hemmet", "sv", "form.intimate-violence"),
        ("let workers report in confidence", "en", "action.complaint"),
        ("keep records of presumed victims", "en", "action.data"),
        ("Åklagarmyndigheten bör utse ansvariga.", "sv", "actor.prosecutors"),
        ("use the services of a victim", "en", "form.demand"),
        ("protect the private life of victims", "en", "action.protect-witness"),
        ("De utnyttjas i arbetslivet.", "sv", "form.labour-exploitation"),
        ("an appropriation for shelters", "en", "action.fund"),
        ("insatser för utsatta", "sv", "action.assist"),
    ],
)
def test_cue_is_found(text: str, language: str, aspect: str) -> None:
    assert aspect in found(text, language)


@pytest.mark.parametrize(
    ("text", "language", "aspect"),
    [
        ("en onlineutbildning för tolkar", "sv", "form.digital"),
        ("put the manual on a website", "en", "form.digital"),
        ("identifiera brister i stödet", "sv", "action.identify"),
        ("identify gaps in the law", "en", "action.identify"),
        ("insatser för att nå målet", "sv", "action.assist"),
        ("stöd till kommunerna", "sv", "action.assist"),
        ("demand for sexual services and porn", "en", "action.assist"),
        ("the shelter staff", "en", "action.shelter"),
        ("train health-care staff", "en", "action.treat"),
        ("train border guards", "en", "form.smuggling-border"),
        ("Arbetsmiljöverket svarar för stödet.", "sv", "action.inspect"),
        ("appropriate measures", "en", "action.fund"),
        ("people from Ukraine", "en", "field.foreign-aid"),
        ("electronic monitoring of offenders", "en", "action.evaluate"),
        ("custody and contact decisions", "en", "group.detainees"),
        ("drug trafficking", "en", "form.trafficking"),
        ("får ersättning för sexuella handlingar", "sv", "action.compensate"),
        ("acts they were compelled to commit", "en", "group.perpetrators"),
        ("en förundersökning om våld", "sv", "action.map-needs"),
        ("undersökning av olyckor", "sv", "action.map-needs"),
        ("brott de tvingats att begå", "sv", "group.perpetrators"),
        ("increase the punishment for acts of trafficking", "en", "action.non-punishment"),
        ("train staff on the optional protocol", "en", "action.ratify"),
        ("Regionen har bidragit.", "sv", "action.fund"),
        ("evidence in court", "en", "action.map-needs"),
        ("Kriminalvården bör svara.", "sv", "action.treat"),
        ("victims should not be prosecuted", "en", "action.investigate"),
        ("barn i samhällets vård", "sv", "action.treat"),
        ("omfattningen av uppdraget", "sv", "action.map-needs"),
        ("Uppdrag till Jämställdhetsmyndigheten", "sv", "group.women"),
        ("Uppdrag till Folkhälsomyndigheten", "sv", "field.health"),
        ("regleringsbrev för 2026", "sv", "action.legislate"),
        ("social workers who meet victims", "en", "group.workers"),
        ("trafficking in women and girls", "en", "group.children"),
        ("lagföring av brott", "sv", "action.legislate"),
        ("train law enforcement officials", "en", "action.legislate"),
        ("monitor recruitment agencies", "en", "form.forced-criminality"),
        ("guarantee fundamental rights", "en", "action.fund"),
        ("grant victims a permit", "en", "action.fund"),
        ("involve civil society", "en", "group.public"),
        ("Medel till Uppsala universitet", "sv", "actor.schools"),
        ("arbetet mot mäns våld mot kvinnor", "sv", "group.men"),
        ("ett strategiskt forum", "sv", "action.plan"),
        ("program för barn", "sv", "action.plan"),
        ("i enlighet med strategin", "sv", "action.plan"),
        ("removal of organs", "en", "action.remove-content"),
        ("utvärdera arbetet", "sv", "action.rapporteur"),
        ("access to the labour market", "en", "form.labour-exploitation"),
        ("effective, proportionate and dissuasive sanctions", "en", "action.higher-penalty"),
        ("en myndighetsövergripande grupp", "sv", "group.perpetrators"),
        ("en gemensam lägesbild", "sv", "form.pornography"),
        ("elektronisk kommunikation", "sv", "actor.social-services"),
        ("otillbörliga medel", "sv", "action.fund"),
        ("barn i kriminella nätverk", "sv", "action.cooperate"),
        ("financial investigations", "en", "action.fund"),
        ("indicators of trafficking", "en", "action.data"),
        ("discourage demand that fosters exploitation", "en", "group.children-in-care"),
        ("define the roles of the agencies", "en", "action.offence-scope"),
        ("train judges on the application of the law", "en", "action.legislate"),
        ("hur domstolarna tillämpar lagen", "sv", "action.legislate"),
    ],
)
def test_name_or_phrase_is_not_the_subject(text: str, language: str, aspect: str) -> None:
    assert aspect not in found(text, language)


def test_a_cue_of_several_words_needs_them_all_in_order() -> None:
    book = AspectBook(
        parse_aspects("[form]\nx = { names = ['x'], sv = ['våld i nära relation*'] }", name="t")
    )
    assert book.counts("Våld i nära relationer ökar", "sv")[0] == 1
    assert book.counts("nära relationer utan våld", "sv")[0] == 0


@given(st.text(max_size=200))
def test_counts_are_finite_and_never_negative(text: str) -> None:
    counts = load_aspects().counts(text, "sv")
    assert len(counts) == len(load_aspects())
    assert (counts >= 0).all()


def test_every_shipped_aspect_has_cues_in_both_languages_and_a_known_facet() -> None:
    for aspect in load_aspects().aspects:
        assert aspect.facet in FACETS
        if aspect.facet != "mask":
            assert aspect.cues["sv"], aspect.id
            assert aspect.cues["en"], aspect.id


def test_a_users_file_adds_aspects(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        "[field]\nbees = { names = ['bin', 'bees'], sv = ['biodl*'], en = ['beekeep*'] }"
    )
    book = load_aspects(own)
    assert book.aspects[-1].id == "field.bees"
    assert book.counts("Biodlarna behöver stöd", "sv")[-1] == 1


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        "[colour]\nred = { names = ['röd'], sv = ['röd*'] }",
        "[form]\nx = { sv = ['x'] }",
        "[form]\ntrafficking = { names = ['x'], sv = ['x'] }",
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text)
    with pytest.raises(UsageError):
        load_aspects(own)
