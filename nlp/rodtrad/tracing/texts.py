"""What of a demand and of a measure is compared: short units of text with weights.

A demand's own words weigh more than the reasons around it: a section of a report argues for half a
page and asks for something in its last sentence. The section's heading counts as a demand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rodtrad.datamodel import Measure, Recommendation
from rodtrad.tracing.aspects import AspectBook, parse_aspects
from rodtrad.tracing.clauses import without_speaker
from rodtrad.tracing.lexical import word_terms

_ABBREVIATIONS = frozenset(
    [
        "t.ex",
        "bl.a",
        "m.m",
        "m.fl",
        "dvs",
        "s.k",
        "prop",
        "skr",
        "dir",
        "bet",
        "rskr",
        "kap",
        "st",
        "jfr",
        "nr",
        "ca",
        "e.g",
        "i.e",
        "art",
        "para",
    ]
)
_BREAK = re.compile(r"[.!?][\d”\"’)]*\s+(?=[A-ZÅÄÖ”\"“(])")
_LINK = re.compile(r"https?://\S+")
DEMAND_WEIGHT = 1.0
REASON_WEIGHT = 0.35
CONTEXT_WEIGHT = 0.2
CONTEXT_TOTAL = 0.3  # all context sentences together, beside demand sentences of weight 1 each
CONTEXT_TOTAL_REFERRED = 1.0  # the same where the demand points back to what stands before it
HEADING_WEIGHT = 2.0
HEADING_WEIGHT_APART = 0.3
_MAX_UNITS = 40


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, heading or part and how much it says about what is asked or done."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a pair as the features see it.

    `title_weight` is low where a section's heading names something else than the demand itself.
    """

    title: str
    units: tuple[Unit, ...]
    language: str
    title_weight: float = HEADING_WEIGHT

    @property
    def text(self) -> str:
        """Title and units as one text."""
        return " ".join([self.title, *(unit.text for unit in self.units)]).strip()

    @property
    def asked(self) -> str:
        """The sentences that ask, alone."""
        return " ".join(unit.text for unit in self.units if unit.weight >= DEMAND_WEIGHT)

    @property
    def own(self) -> str:
        """What the end says itself: without context, and without a heading about other things."""
        title = self.title if self.title_weight > HEADING_WEIGHT_APART else ""
        said = (unit.text for unit in self.units if unit.weight > CONTEXT_WEIGHT)
        return " ".join([title, *said]).strip()


def split_sentences(text: str) -> list[str]:
    """Sentences of plain text; only for lists that come without sentences of their own.

    Breaks after ".", "!" or "?" before a capital; not after "t.ex.", "prop." or a single letter.
    """
    found, start = [], 0
    for match in _BREAK.finditer(text):
        word = text[start : match.start()].rsplit(None, 1)[-1:] or [""]
        if text[match.start()] == "." and (
            word[0].lower().lstrip("(") in _ABBREVIATIONS or len(word[0]) == 1
        ):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


@cache
def _cue_book() -> AspectBook:
    """Cue lists as aspects: what makes a demand, what only prepares, what points back."""
    shipped = resources.files("rodtrad.tracing").joinpath("data/demand-cues.toml")
    cues = tomllib.loads(shipped.read_text("utf-8"))
    entries = (
        f"demand = {{ names = ['krav'], sv = {cues['sv']}, en = {cues['en']} }}",
        f"preparing = {{ names = ['förberedelse'], sv = {cues['preparing_sv']},"
        f" en = {cues['preparing_en']} }}",
        f"back = {{ names = ['syftning'], sv = {cues['back_sv']}, en = {cues['back_en']} }}",
        f"ending = {{ names = ['upphörande'], sv = {cues['ending_sv']},"
        f" en = {cues['ending_en']} }}",
        f"condition = {{ names = ['villkor'], sv = {cues['condition_sv']},"
        f" en = {cues['condition_en']} }}",
    )
    return AspectBook(parse_aspects("\n".join(("[action]", *entries)), name="demand-cues.toml"))


def ends_something(text: str, language: str) -> bool:
    """Whether a text asks that something end or not be done.

    Matches "Avskaffa brottsskadeersättningen", "should not be extended"; not "ska inte straffas" or
    "remove obstacles", which ask for more.
    """
    return bool(_cue_book().counts(text, language)[3])


def is_preparing(text: str, language: str) -> bool:
    """Whether a heading or demand only lays the ground.

    Matches "Uppdrag att förbereda för stöd", "Utredning om en åldersgräns"; not "Uppdrag att
    inrätta ett center".
    """
    return bool(_cue_book().counts(text, language)[1])


def is_demand(sentence: str, language: str) -> bool:
    """Whether a sentence asks for something: "bör", "föreslås", "should"; not if it describes."""
    return bool(_cue_book().counts(sentence, language)[0])


def _cleaned(text: str) -> str:
    return re.sub(r"\s+", " ", _LINK.sub(" ", text)).strip()


def _weighted(sentences: Sequence[str], language: str) -> list[Unit]:
    asking = [is_demand(sentence, language) for sentence in sentences]
    if not any(asking):
        asking = [not _is_note(sentence) for sentence in sentences]
    return [
        Unit(sentence, _weight(sentence, asks=asks))
        for sentence, asks in zip(sentences, asking, strict=True)
    ]


def _weight(sentence: str, *, asks: bool) -> float:
    if _is_note(sentence):
        return CONTEXT_WEIGHT
    return DEMAND_WEIGHT if asks else REASON_WEIGHT


def _is_note(sentence: str) -> bool:
    """Whether a whole sentence stands in brackets: a note on the text, not what it asks."""
    return sentence.startswith(("(", "[")) and sentence.rstrip(".").endswith((")", "]"))


def demand_side(recommendation: Recommendation) -> Side:
    """A recommendation's units: its demand sentences, its reasons, then its context.

    The demand's own sentences carry the link. Context only tells apart what they leave open, so all
    of it together weighs little; more where the demand points back ("ett sådant centrum").
    """
    text = _cleaned(without_speaker(recommendation.text))
    units = _weighted(split_sentences(text), recommendation.language)
    points_back = refers_back(text, recommendation.language)
    units += _context_units(recommendation, text, points_back)
    title = re.sub(r"^[\d.]+\s+", "", recommendation.section[-1] if recommendation.section else "")
    carried = points_back or _shares_a_word(title, text, recommendation.language)
    return Side(
        title=title,
        units=tuple(units[:_MAX_UNITS]),
        language=recommendation.language,
        title_weight=HEADING_WEIGHT if carried else HEADING_WEIGHT_APART,
    )


def refers_back(text: str, language: str) -> bool:
    """Whether a demand points to what stands before it.

    Matches "bereder behovet av ett sådant centrum", "ställer sig bakom detta förslag", "this should
    be"; not "Det behövs fler utbildningar", where "det" is empty.
    """
    return bool(_cue_book().counts(text, language)[2])


def sets_condition(text: str, language: str) -> bool:
    """Whether a text says under what condition something holds, or may not be made to depend.

    Matches "oavsett om offret medverkar", "must not depend on", "whether or not"; not "om stöd".
    """
    return bool(_cue_book().counts(text, language)[4])


def _context_units(recommendation: Recommendation, text: str, points_back: bool) -> list[Unit]:
    context = _cleaned(recommendation.context)
    if not context or context in text:
        return []
    around = [sentence for sentence in split_sentences(context) if sentence not in text]
    total = CONTEXT_TOTAL_REFERRED if points_back else CONTEXT_TOTAL
    weight = min(CONTEXT_WEIGHT, total / max(len(around), 1))
    return [Unit(sentence, weight) for sentence in around]


def _shares_a_word(title: str, text: str, language: str) -> bool:
    """Whether a heading and a demand have a word stem or compound part in common."""
    return bool(word_terms(title, language).keys() & word_terms(text, language).keys())


def measure_side(measure: Measure) -> Side:
    """A measure's title and its sentences, all of one weight."""
    sentences = [_cleaned(s.text) for s in measure.sentences] or split_sentences(
        _cleaned(measure.text)
    )
    kept = [s for s in sentences if s and s != measure.title]
    return Side(
        title=_cleaned(measure.title),
        units=tuple(Unit(s, 1.0) for s in kept[:_MAX_UNITS]),
        language=measure.language,
    )
