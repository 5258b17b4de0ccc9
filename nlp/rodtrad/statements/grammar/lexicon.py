"""The words by which a body takes a stand, in all their forms.

`data/grammar/lexicon.tsv` holds one lexeme a line: its lemma, its kind (which frames it takes),
its class (what it means), how it is inflected, an example and a counterexample. The forms follow
from the inflection:

- verbs: "ar" (välkomna, välkomnar, välkomnas, välkomnas), "er" (avstyrka, avstyrker, avstyrkas,
  avstyrks), else the four forms themselves ("-" where there is none, "|" between variants);
- adjectives: "t" (rimlig, rimligt, rimliga), "ad" (motiverad, motiverat, motiverade), "0" (bra),
  else the forms themselves;
- nouns: "ar" (invändning), "er" (risk), "0" (problem), "en" (tvekan), else the forms themselves;
- phrases: a regular expression.

The words behind the first ("ställa sig bakom") stand as they are, with adverbs and names between.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from rodtrad.statements.vocabulary import rows, spelled_out

STANDS = "lexicon"
ASKS = "asks"
_VERB_FORMS = ("infinitive", "present", "passive infinitive", "passive")
_VERBS = {
    "ar": ("a", "ar", "as", "as"),
    "er": ("a", "er", "as", "s"),
}
_ADJECTIVES = {"t": ("", "t", "a"), "0": ("",)}
_NOUNS = {
    "ar": ("", "en", "ar", "arna"),
    "er": ("", "en", "er", "erna"),
    "0": ("", "et", "en"),
    "en": ("",),
}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One entry of the lexicon: `needs` says of what it must be said ("view", "proposal", "")."""

    lemma: str
    kind: str
    meaning: str
    inflection: str
    needs: str
    example: str
    counterexample: str

    @property
    def forms(self) -> tuple[tuple[str, str], ...]:
        """Every form of the whole expression with its name ("present", "passive", "plain" …)."""
        head, *rest = self.lemma.split()
        if self.kind == "verb":
            named = _verb_forms(head, self.inflection)
            return tuple((name, " ".join((form, *rest))) for name, form in named)
        return tuple(("plain", form) for form in _other_forms(self.lemma, self))

    @property
    def pattern(self) -> re.Pattern[str]:
        """The wording of a phrase."""
        return re.compile(spelled_out(self.inflection), re.IGNORECASE)


def _verb_forms(head: str, inflection: str) -> list[tuple[str, str]]:
    if inflection in _VERBS:
        stem = head[:-1]
        spelled = [stem + ending for ending in _VERBS[inflection]]
    else:
        spelled = inflection.split()
    return [
        (name, form)
        for name, variants in zip(_VERB_FORMS, spelled, strict=True)
        for form in variants.split("|")
        if form != "-"
    ]


def _other_forms(lemma: str, lexeme: Lexeme) -> list[str]:
    inflection = lexeme.inflection
    if inflection == "ad":
        return [lemma, f"{lemma[:-1]}t", f"{lemma}e"]
    endings = (_NOUNS if lexeme.kind == "noun" else _ADJECTIVES).get(inflection)
    if endings is None:
        return inflection.split("|")
    if lexeme.kind == "noun" and inflection == "er" and lemma.endswith("e"):
        endings = ("", "n", "r", "rna")
    return [lemma + ending for ending in endings]


@cache
def lexicon(name: str = STANDS) -> tuple[Lexeme, ...]:
    """All lexemes of a file, in its order: of stands, or of what a reply asks for (`ASKS`)."""
    return tuple(
        Lexeme(
            row["lemma"],
            row["kind"],
            row["class"],
            row["inflection"],
            row["needs"],
            row["example"],
            row["not"] or "",
        )
        for row in rows(f"grammar/{name}")
    )


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a lexeme as words; the first finds it."""

    lexeme: Lexeme
    name: str
    words: tuple[str, ...]


@cache
def forms_by_word(name: str = STANDS) -> dict[str, tuple[Form, ...]]:
    """The forms by their first word, longest first; without phrases."""
    found: dict[str, list[Form]] = defaultdict(list)
    for lexeme in lexicon(name):
        if lexeme.kind != "phrase":
            for name, spelled in lexeme.forms:
                words = tuple(spelled.casefold().split())
                found[words[0]].append(Form(lexeme, name, words))
    return {w: tuple(sorted(fs, key=lambda f: -len(f.words))) for w, fs in found.items()}


@cache
def phrases(name: str = STANDS) -> tuple[tuple[Lexeme, re.Pattern[str]], ...]:
    """The lexemes that are expressions as a whole, with their patterns."""
    return tuple((one, one.pattern) for one in lexicon(name) if one.kind == "phrase")


@dataclass(frozen=True, slots=True)
class Meaning:
    """The labels of a class: said plainly, denied, of most, of some, on a condition, with remarks.

    "" is no stand; `rank` is the order in which classes decide when a sentence holds several.
    """

    rank: int
    plain: str
    denied: str
    mainly: str
    partly: str
    condition: str
    remarks: str


@cache
def meanings() -> dict[str, Meaning]:
    """The classes of `data/grammar/labels.tsv`."""
    columns = ("plain", "denied", "mainly", "partly", "condition", "remarks")
    return {
        row["class"]: Meaning(int(row["rank"]), *(row[column] for column in columns))
        for row in rows("grammar/labels")
    }
