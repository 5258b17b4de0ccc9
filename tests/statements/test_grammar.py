"""Every lexeme in every frame of its kind: its class, its class denied, nothing of others."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.statements.grammar.clauses import clauses_of
from rodtrad.statements.grammar.frames import find_asks, find_stands
from rodtrad.statements.grammar.lexicon import ASKS, Lexeme, lexicon, meanings
from rodtrad.statements.positions import stance_of
from rodtrad.statements.vocabulary import rows

OWN = frozenset({"vi", "nämnden"})
OBJECTS = {"view": "utredningens bedömning att kravet behövs", "answering": "att yttra sig"}
FRAMES = rows("grammar/frames")
# "se med glädje att" takes a clause, "avstå" what one abstains from; a noun has no neuter.
CLAUSE = "kravet skärps"


def _object(lexeme: Lexeme) -> str:
    if lexeme.lemma.endswith(" att") and not lexeme.needs:
        return CLAUSE
    said = OBJECTS.get(lexeme.needs, "förslaget om vite")
    return said.removeprefix("att ") if lexeme.lemma.endswith(" att") else said


def _verb_slots(lexeme: Lexeme) -> dict[str, str]:
    slots = dict(reversed(lexeme.forms))
    first, *rest = slots["present"].split()
    mark = rest.pop(0) if rest[:1] == ["sig"] else ""
    target = _object(lexeme)
    return slots | {
        "first": first,
        "self": mark,
        "rest": " ".join(rest),
        "object": target,
        "Object": target[:1].upper() + target[1:],
    }


def _slots(lexeme: Lexeme) -> dict[str, str]:
    if lexeme.kind == "verb":
        return _verb_slots(lexeme)
    forms = [form for _, form in lexeme.forms]
    if lexeme.kind == "noun":
        return {"plural": forms[2] if len(forms) > 2 else forms[-1]}
    return {"common": forms[0], "neuter": forms[min(1, len(forms) - 1)], "plural": forms[-1]}


def _sentences(lexeme: Lexeme) -> Iterator[tuple[str, str | None]]:
    """The sentences of every frame that a lexeme can stand in, with the label each must get."""
    slots, meaning = _slots(lexeme), meanings()[lexeme.meaning]
    for frame in FRAMES:
        if frame["kind"] not in (lexeme.kind, "passive" if lexeme.kind == "verb" else ""):
            continue
        named = [n for n in ("passive", "passive infinitive") if f"{{{n}}}" in frame["template"]]
        if all(name in slots for name in named):
            sentence = " ".join(frame["template"].format_map(slots).split()).replace(" .", ".")
            label = meaning.denied if frame["denied"] == "yes" else meaning.plain
            yield sentence, label or None


ENTRIES = [pytest.param(one, id=f"{one.lemma}-{one.kind}") for one in lexicon()]


@pytest.mark.parametrize("lexeme", ENTRIES)
def test_lexeme_in_its_frames(lexeme: Lexeme) -> None:
    wrong = [(s, got) for s, label in _sentences(lexeme) if (got := stance_of(s, OWN)) != label]
    assert wrong == []


@pytest.mark.parametrize("lexeme", ENTRIES)
def test_example_and_counterexample(lexeme: Lexeme) -> None:
    meaning = meanings()[lexeme.meaning]
    labels = {meaning.plain, meaning.denied} - {""}
    assert stance_of(lexeme.example, OWN) in labels
    assert lexeme.counterexample
    assert stance_of(lexeme.counterexample, OWN) not in labels


def test_every_frame_has_lexemes() -> None:
    kinds = {one.kind for one in lexicon()} | {"passive"}
    assert {frame["kind"] for frame in FRAMES} <= kinds
    assert len(lexicon()) > 400


@pytest.mark.parametrize("lexeme", [pytest.param(one, id=one.lemma) for one in lexicon(ASKS)])
def test_words_of_asking(lexeme: Lexeme) -> None:
    asked = find_asks(clauses_of(lexeme.example, OWN))
    assert lexeme.lemma in {stand.lexeme.lemma for stand in asked}
    assert find_asks(clauses_of(lexeme.counterexample, OWN)) == []


ASKED = [
    ("En konsekvensanalys efterfrågas.", "efterfråga"),
    ("Därför föreslår nämnden att lagen ändras.", "föreslå"),
    ("Nämnden vill därför uppmana regeringen att agera.", "uppmana"),
    ("Viktigt är också att uppföljning sker.", "viktig"),
    ("Utbildning är nödvändig för att lagen ska få genomslag.", "nödvändig"),
    ("En tydligare definition vore värdefull.", "värdefull"),
]


@pytest.mark.parametrize(("sentence", "lemma"), ASKED)
def test_frames_of_asking(sentence: str, lemma: str) -> None:
    assert [s.lexeme.lemma for s in find_asks(clauses_of(sentence, OWN))] == [lemma]


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    words = clauses_of(text, OWN)
    for stand in (*find_stands(words), *find_asks(words)):
        assert 0 <= stand.start < stand.end <= len(text)


POSITIVE = {m.plain for name, m in meanings().items() if name in ("support", "back", "welcome")}
DENIALS = [
    "Inte heller {object} kan nämnden {infinitive}.",
    "{Object} kan nämnden inte {infinitive}.",
    "{Object} kan nämnden knappast {infinitive}.",
    "Nämnden kan varken {infinitive} eller avstyrka {object}.",
    "Nämnden {first} {self} inte heller {rest} {object}.",
    "Nämnden noterar {object}, som nämnden inte {present}.",
    "Däremot {first} nämnden {self} inte {rest} {object}.",
    "Nämnden anser att {object} inte kan {passive infinitive}.",
    "Förslagen är utredda, medan {object} inte kan {passive infinitive}.",
]
FAVOURS = [
    pytest.param(one, id=one.lemma)
    for one in lexicon()
    if one.kind == "verb" and one.meaning in ("support", "back", "welcome", "accept")
]


@pytest.mark.parametrize("lexeme", FAVOURS)
def test_a_denial_anywhere_never_gives_the_positive_label(lexeme: Lexeme) -> None:
    slots = _verb_slots(lexeme)
    read = {
        sentence: stance_of(sentence, OWN)
        for frame in DENIALS
        if "{passive infinitive}" not in frame or "passive infinitive" in slots
        for sentence in [" ".join(frame.format_map(slots).split()).replace(" .", ".")]
    }
    positive = POSITIVE | {"inget att erinra", "tillstyrker i huvudsak"}
    assert {s: label for s, label in read.items() if label in positive} == {}
