"""Why a pair is thought a link: codes with parameters, worded in Swedish or English by a table."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import numpy as np

from rodtrad.tracing.arrays import Floats
from rodtrad.tracing.aspects import AspectBook

Language = Literal["sv", "en"]
_SHOWN = 4
_STRONG = 1.0  # a feature one deviation above the measures' mean is worth saying


@dataclass(frozen=True, slots=True)
class Name:
    """A parameter of a signal with its wording in both languages."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason: `code` is a table name in data/signals.toml."""

    code: str
    names: tuple[Name, ...] = ()

    def word(self, language: Language) -> str:
        """The signal as a phrase."""
        names = ", ".join(getattr(name, language) for name in self.names)
        return _wordings()[self.code][language].format(names)


@cache
def _wordings() -> Mapping[str, Mapping[str, str]]:
    shipped = resources.files("rodtrad.tracing").joinpath("data/signals.toml")
    return tomllib.loads(shipped.read_text("utf-8"))


def same(text: str) -> Name:
    """A name that is the same in both languages: a dnr, an agency."""
    return Name(text, text)


def told_aspects(asked: Floats, idf: Floats) -> tuple[int, ...]:
    """The aspects a demand asks for, the most telling first; those most measures have say nothing.

    `asked` are counts.
    """
    weight = np.log1p(asked) * idf
    ranked = sorted((-float(weight[i]), int(i)) for i in np.flatnonzero(weight))
    return tuple(i for _, i in ranked)


def aspect_signals(told: Sequence[int], offered: Floats, *, book: AspectBook) -> tuple[Signal, ...]:
    """The most telling aspects both ends have, and those asked for that the measure lacks."""
    having = offered.item
    shared = [i for i in told if having(i) > 0][:_SHOWN]
    missing = [i for i in told if having(i) == 0][:_SHOWN]
    signals = []
    if shared:
        signals.append(Signal("aspects", _named(shared, book)))
    if missing:
        signals.append(Signal("missing", _named(missing, book)))
    return tuple(signals)


def turning_signal(
    told: Sequence[int], offered: Floats, *, book: AspectBook, accepted: bool
) -> tuple[Signal, ...]:
    """What would change the decision: the shared aspect a link rests on, or the one it lacks most.

    Nothing where no telling aspect is asked for; an accepted link may rest on words alone.
    """
    fitting = (i for i in told if (offered.item(i) > 0) is accepted)
    names = _named(list(fitting)[:1], book)
    return (Signal("rests" if accepted else "would", names),) if names else ()


def _named(places: Sequence[int], book: AspectBook) -> tuple[Name, ...]:
    return tuple(Name(book.aspects[i].names["sv"], book.aspects[i].names["en"]) for i in places)


def similarity_signals(standardised: Mapping[str, float]) -> tuple[Signal, ...]:
    """Similarities that stand out among the measures: of words, of meaning, of the heading."""
    return tuple(
        Signal(name)
        for name in ("words", "subwords", "title")
        if standardised.get(name, 0.0) >= _STRONG
    )


def in_words(signals: Sequence[Signal], language: Language) -> tuple[str, ...]:
    """Signals as phrases; never empty."""
    return tuple(s.word(language) for s in signals) or (Signal("weak").word(language),)


def in_english(signals: Sequence[str], *, book: AspectBook) -> tuple[str, ...]:
    """The Swedish signals of a candidate, in English; what is no signal of ours stays as it is.

    `book` is the vocabulary the trace was made with; names it does not know (agencies, case
    numbers) are the same in both languages.
    """
    return tuple(_english(signal, book) for signal in signals)


def _english(signal: str, book: AspectBook) -> str:
    for wording in _wordings().values():
        before, named, _ = wording["sv"].partition("{0}")
        if signal == before and not named:
            return wording["en"]
        if named and signal.startswith(before):
            return wording["en"].format(_english_names(signal.removeprefix(before), book))
    return signal


def _english_names(names: str, book: AspectBook) -> str:
    """Known names replaced, longest first: a name may hold commas."""
    known = {aspect.names["sv"]: aspect.names["en"] for aspect in book.aspects}
    found = []
    while names:
        fitting = [n for n in known if names == n or names.startswith(f"{n}, ")]
        name = max(fitting, key=len, default=names.partition(", ")[0])
        found.append(known.get(name, name))
        names = names[len(name) :].removeprefix(", ")
    return ", ".join(found)
