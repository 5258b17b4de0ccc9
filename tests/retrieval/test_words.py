"""Stems, compounds, terms and the term bank."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.errors import UnreadableFileError
from rodtrad.retrieval.analysers import english_key
from rodtrad.retrieval.compounds import CompoundSplitter
from rodtrad.retrieval.dictionary import general_dictionary
from rodtrad.retrieval.spelling import corrections
from rodtrad.retrieval.stemming import stem
from rodtrad.retrieval.termbank import load_termbank
from rodtrad.retrieval.tokenization import Analyser, Wanted, certain_language
from rodtrad.retrieval.wordstore import WordStore


@pytest.mark.parametrize(
    "forms",
    [
        "myndighet myndigheten myndigheter myndigheterna myndighets",
        "offer offret offren offrets offers",
        "brottsoffer brottsoffret brottsoffren",
        "man män mannen männen mäns",
        "brott brottet brotten",
        "anmälan anmälningar anmälningarna anmäla",
        "ansökan ansökningar ansöka",
        "land länder länderna landet",
        "centrum centret centra center",
        "villkor villkoret villkoren",
        "bekämpa bekämpar bekämpning",
        "identifiera identifierade identifiering identifieringen",
        "kompetens kompetensen",
        "kommun kommuner kommuners kommunernas",
        "barnkoordinator barnkoordinatorer barnkoordinatorn",
        "lagföra lagföring lagfördes",
        "nationell nationella nationellt",
        "strategi strategin strategier strategins",
        "pandemi pandemin pandemier",
        "psykiatri psykiatrin",
        "lärare lärares lärarna lärarnas",
    ],
)
def test_forms_of_one_swedish_word_have_one_stem(forms: str) -> None:
    assert len({stem(form, "sv") for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("land", "lag"), ("brott", "broder"), ("barn", "bana"), ("stöd", "stad"), ("dom", "domän")],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one, "sv") != stem(other, "sv")


SPLIT = {
    "människohandelsärenden": "människa handel ärenden",
    "arbetslivskriminalitet": "arbets liv kriminalitet",
    "uppehållstillstånd": "uppehålls tillstånd",
    "myndighetssamarbetet": "myndighet samarbetet",
    "lägesbild": "läge bild",
    "klimatanpassning": "klimat anpassning",
    "tågtrafik": "tåg trafik",
    "kontaktpunkt": "kontakt punkt",
    "företagskrisstöd": "företag kris stöd",
    "korttidsarbete": "kort tid arbete",
}
WHOLE = ["regeringen", "utredning", "uppdrag", "samverkan", "förslag", "kommuner", "ansvarig"]


@pytest.mark.parametrize(("word", "parts"), SPLIT.items())
def test_compounds_come_apart(word: str, parts: str) -> None:
    found = CompoundSplitter({}).split(word)
    assert [stem(p, "sv") for p in found] == [stem(p, "sv") for p in parts.split()]


@pytest.mark.parametrize("word", WHOLE)
def test_words_that_are_no_compounds_stay_whole(word: str) -> None:
    assert CompoundSplitter({}).split(word) == (word,)


def test_the_end_of_an_address_is_no_compound() -> None:
    analyser = Analyser("sv", CompoundSplitter({}))
    (compound,) = analyser.terms("hälso-sjukvård")
    (address,) = analyser.terms("starkare-skydd-mot-barnaktenskap-och-brott")
    assert compound.parts
    assert address.parts == ()


def test_the_collections_own_words_make_parts_known() -> None:
    splitter = CompoundSplitter({"koordinator": 3, "barn": 9})
    assert splitter.split("barnkoordinator") == ("barn", "koordinator")


def test_a_compound_inside_a_compound_is_a_part() -> None:
    (term,) = Analyser("sv", CompoundSplitter({})).terms("människohandelsärenden")
    assert stem("människohandel", "sv") in term.parts


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("SOU 2025:119", "sou_2025:119"),
        ("SOU 2016–70", "sou_2016:70"),
        ("prop. 2025/26:222", "prop_2025/26:222"),
        ("propositionen 2025/26:222", "prop_2025/26:222"),
        ("skr. 2016/17:10", "skr_2016/17:10"),
        ("A2025/00637", "a2025/00637"),
        ("Ju 2015/02345/PO", "ju2015/02345"),
        ("5 kap. 15 §", "5kap15§"),
        ("4 kap. 1 a §", "4kap1a§"),
        ("lagen (2005:716)", "sfs_2005:716"),
        ("2011/36/EU", "eu_2011/36"),
        ("(EU) 2024/1712", "eu_2024/1712"),
        ("CETS nr 197", "cets_197"),
    ],
)
def test_references_are_one_term(text: str, term: str) -> None:
    found = [t for t in Analyser("sv").terms(text) if t.kind == "reference"]
    assert [t.text for t in found] == [term]


@pytest.mark.parametrize("text", ["anslag 3:1", "2026–2028", "kl. 12:30", "s. 77–78"])
def test_what_is_no_reference(text: str) -> None:
    assert not [t for t in Analyser("sv").terms(text) if t.kind == "reference"]


@pytest.mark.parametrize(
    ("text", "surface"), [("NSPM:s", "nspm"), ("GRETA's", "greta"), ("EU:s", "eu")]
)
def test_genitives_of_acronyms_are_taken_off(text: str, surface: str) -> None:
    assert Analyser("sv").terms(text)[0].surface == surface


@given(st.text(max_size=200))
def test_terms_stand_where_they_say(text: str) -> None:
    position = 0
    for term in Analyser("sv").terms(text):
        assert position <= term.start < term.end <= len(text)
        assert not any(character.isspace() for character in term.text)
        position = term.end


@given(st.text(alphabet="abcÅ-_’ .", max_size=60), st.sets(st.integers(0, 20), max_size=4))
def test_the_terms_that_are_wanted_are_those_of_all_terms(text: str, chosen: set[int]) -> None:
    terms = Analyser("sv").terms(text)
    wanted = Wanted(frozenset(term.text for place, term in enumerate(terms) if place in chosen))
    expected = [t for t in terms if not wanted.stems.isdisjoint((t.text, *t.parts))]
    assert Analyser("sv").terms_among(text, wanted) == expected


def test_a_store_gives_the_words_that_have_a_stem(tmp_path: Path) -> None:
    store = WordStore.create(tmp_path)
    analyser = Analyser("sv", CompoundSplitter({"barn": 9, "handel": 9}))
    store.add_seen(analyser.taken_apart(["Barnhandel och barn", "barnens väg"]))
    store.add_seen(analyser.taken_apart(["barn, BARN, handel"]))
    assert store.forms(["barn"]) == {"Barnhandel", "barn", "barnens", "BARN"}
    assert store.forms(["handel", "och"]) == {"Barnhandel", "handel"}
    wanted = Analyser("sv", stored=store).wanted(frozenset({"barn"}))
    found = Analyser("sv", stored=store).terms_among("Handel med barn är barnhandel", wanted)
    assert [term.surface for term in found] == ["barn"]
    store.close()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäö", min_size=1, max_size=25))
def test_splitting_keeps_every_word_and_knows_no_empty_part(word: str) -> None:
    parts = CompoundSplitter({}).split(word)
    assert all(parts)
    assert len(parts) == 1 or len("".join(parts)) >= len(word) - 2 * len(parts)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("stöd till barn", "sv"),
        ("support for children", "en"),
        ("betänketid", "sv"),
        ("GRETA", None),
        ("prostitution in Sverige", None),
    ],
)
def test_language_of_short_texts(text: str, language: str | None) -> None:
    assert certain_language(text) == language


def test_corrections_are_one_edit_away_and_the_most_frequent_first() -> None:
    words = {"betänketid": 5, "skyddat": 3, "skyddet": 4}
    assert corrections("skyddt", lambda w: words.get(w, 0)) == ("skyddet", "skyddat")
    assert corrections("betänktid", lambda w: words.get(w, 0)) == ("betänketid",)
    assert corrections("helt annat", lambda w: words.get(w, 0)) == ()


def test_the_term_bank_is_large_and_its_ids_are_unique() -> None:
    entries = load_termbank().entries
    assert len(entries) >= 300
    assert len({entry.id for entry in entries}) == len(entries)


@pytest.mark.parametrize(
    ("term", "source", "expected"),
    [
        ("betänketiden", "sv", "recovery and reflection period"),
        ("recovery and reflection periods", "en", "betänketid"),
        ("vidareslussningsmekanismer", "sv", "national referral mechanism"),
        ("labour inspectors", "en", "arbetsmiljöinspektör"),
    ],
)
def test_translations_take_any_inflection(term: str, source: str, expected: str) -> None:
    assert load_termbank().translations(term, source=source)[0] == expected  # type: ignore[arg-type]


def test_matches_are_the_longest_and_in_place() -> None:
    text = "Victims of trafficking get a recovery and reflection period."
    matches = load_termbank().matches(text, "en")
    surfaces = [match.at.of(text) for match in matches]
    assert surfaces == ["Victims of trafficking", "recovery and reflection period"]


def test_trafficking_is_not_the_trafficker() -> None:
    (match,) = load_termbank().matches("trafficking", "en")
    assert "människohandel" in match.entry.sv


def test_users_add_and_replace_terms(tmp_path: Path) -> None:
    own = tmp_path / "termer.tsv"
    own.write_text(
        "betanketid\tx\tbetänketid\tthinking time\nny\tx\thästgård\tstud farm\n", "utf-8"
    )
    bank = load_termbank(own)
    assert bank.translations("betänketid", source="sv") == ("thinking time",)
    assert bank.translations("stud farms", source="en") == ("hästgård",)


def test_a_wrong_line_in_the_users_terms_is_named(tmp_path: Path) -> None:
    own = tmp_path / "termer.tsv"
    own.write_text("# ok\nbara en kolumn\n", "utf-8")
    with pytest.raises(UnreadableFileError, match=r"line 2"):
        load_termbank(own)


def test_every_variant_of_the_bank_is_found() -> None:
    bank = load_termbank()
    for entry in bank.entries:
        assert all(entry in bank.lookup(variant, "sv") for variant in entry.sv)
        assert all(entry in bank.lookup(variant, "en") for variant in entry.en)


def test_a_word_of_a_term_is_known_to_the_bank() -> None:
    bank = load_termbank()
    assert bank.writes("dental", "en")  # of "dental care": not to be corrected to *mental*
    assert not bank.writes("dental", "sv")
    assert not bank.writes("dentall", "en")


def test_search_knows_terms_of_all_fields_and_tracing_those_of_ours() -> None:
    wide, narrow = load_termbank(wide=True), load_termbank()
    assert set(narrow.entries) < set(wide.entries)
    assert len({entry.id for entry in wide.entries}) == len(wide.entries) >= 1000
    assert wide.translations("district heating", source="en")[0] == "fjärrvärme"


@pytest.mark.skipif(len(general_dictionary()) < 20_000, reason="the dictionary is not installed")
@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("environment", "miljö"),
        ("environmental", "miljö"),  # no entry says so, only compounds: "environmental threat"
        ("rule", "regel"),
        ("role", "roll"),
        ("policy", "politik"),
        ("people", "människor"),
    ],
)
def test_the_likeliest_translation_comes_first(english: str, swedish: str) -> None:
    found = [sv for en, sv in general_dictionary() if en == english_key(english)]
    assert found[0] == swedish
    assert len(found) <= 5
