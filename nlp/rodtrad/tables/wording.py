"""Dates, numbers, citations and probabilities in words, by Swedish or English rules."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from rodtrad.tables.terms import Terms

if TYPE_CHECKING:
    from rodtrad.datamodel import Deadline, Evidence

NO_BREAK_SPACE = "\u00a0"
_SEASON_ENDS = {"spring": "06-30", "summer": "08-31", "autumn": "12-31", "winter": "12-31"}
_ALPHABET = {letter: rank for rank, letter in enumerate("abcdefghijklmnopqrstuvwxyzåäö")}
# Letters that Swedish dictionaries sort with another one.
_SORTED_AS = str.maketrans({"é": "e", "è": "e", "ü": "y", "æ": "ä", "ø": "ö", "á": "a", "ó": "o"})


def number_text(value: float, terms: Terms, *, decimals: int = 0) -> str:
    """A number: "1 250 000" and "0,92" in Swedish, "1,250,000" and "0.92" in English."""
    text = f"{value:,.{decimals}f}"
    if terms.language == "en":
        return text
    return text.replace(",", NO_BREAK_SPACE).replace(".", ",")


def probability_figure(probability: float, terms: Terms) -> str:
    """Two decimals, but never 0 or 1: a model is never certain ("över 0,99")."""
    if probability > 0.99:
        return terms.say("probability.over", figure=number_text(0.99, terms, decimals=2))
    if probability < 0.01:
        return terms.say("probability.under", figure=number_text(0.01, terms, decimals=2))
    return number_text(probability, terms, decimals=2)


def listed_probability(probability: float) -> float:
    """A number for a column that is sorted: three decimals, never 0 or 1."""
    return min(max(round(probability, 3), 0.001), 0.999)


def probability_words(probability: float, terms: Terms) -> str:
    """A calm word for a probability: mycket troligt (≥ 0.9), troligt (≥ 0.7), möjligt (≥ 0.3)."""
    for bound, key in ((0.9, "very_likely"), (0.7, "likely"), (0.3, "possible")):
        if probability >= bound:
            return terms[f"probability.{key}"]
    return terms["probability.unlikely"]


def probability_sentence(probability: float, terms: Terms) -> str:
    """ "sannolikhet 0,92 att det finns ett samband (mycket troligt)"."""
    return terms.say(
        "probability.sentence",
        figure=probability_figure(probability, terms),
        words=probability_words(probability, terms),
    )


def day_text(value: date, terms: Terms) -> str:
    """ "1 oktober 2026" or "1 October 2026", with no-break spaces."""
    month = terms[f"month.{value.month:02d}"]
    return NO_BREAK_SPACE.join((str(value.day), month, str(value.year)))


def date_text(value: str, terms: Terms) -> str:
    """A date of the entity guideline in words; a form it does not know stays as it is.

    Forms: `2026-10-01`, `2026-10`, `2018-spring`, `2027-Q1`, `2027-H1`, `--12-15` (every year),
    `2027`, `2026/2027`.
    """
    try:
        return _date_text(value, terms)
    except ValueError:  # no such day
        return value


def _date_text(value: str, terms: Terms) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return day_text(date.fromisoformat(value), terms)
    if recurring := yearly_day(value):
        spoken = f"{recurring.day}{NO_BREAK_SPACE}{terms[f'month.{recurring.month:02d}']}"
        return terms.say("date.yearly", day=spoken)
    if re.fullmatch(r"\d{4}-\d\d", value):
        month = date.fromisoformat(f"{value}-01").month
        return f"{terms[f'month.{month:02d}']}{NO_BREAK_SPACE}{value[:4]}"
    if season := re.fullmatch(r"(\d{4})-(spring|summer|autumn|winter)", value):
        return terms.say(f"season.{season[2]}", year=season[1])
    if part := re.fullmatch(r"(\d{4})-(Q[1-4]|H[12])", value):
        return terms.say(f"period.{part[2]}", year=part[1])
    return value.replace("/", "–") if re.fullmatch(r"\d{4}/\d{4}", value) else value


def last_day(value: str) -> date | None:
    """The last day a date of the entity guideline can mean; None for yearly or unknown forms."""
    try:
        return _last_day(value)
    except ValueError:  # no such day
        return None


def _last_day(value: str) -> date | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    if re.fullmatch(r"\d{4}-\d\d", value):
        first = date.fromisoformat(f"{value}-01")
        return first.replace(day=monthrange(first.year, first.month)[1])
    if season := re.fullmatch(r"(\d{4})-(spring|summer|autumn|winter)", value):
        return date.fromisoformat(f"{season[1]}-{_SEASON_ENDS[season[2]]}")
    if part := re.fullmatch(r"(\d{4})-(Q[1-4]|H[12])", value):
        months = int(part[2][1]) * (3 if part[2][0] == "Q" else 6)
        return _last_day(f"{part[1]}-{months:02d}")
    if years := re.fullmatch(r"(?:\d{4}/)?(\d{4})", value):
        return date(int(years[1]), 12, 31)
    return None


def yearly_day(value: str) -> date | None:
    """The day of a yearly date `--MM-DD`, in the leap year 2020; None for any other form."""
    if not re.fullmatch(r"--\d\d-\d\d", value):
        return None
    try:
        return date.fromisoformat(f"2020{value[1:]}")
    except ValueError:
        return None


def one_line(text: str) -> str:
    """White space runs as one blank: line ends are layout, not wording."""
    return " ".join(text.split())


def place_text(evidence: Evidence, terms: Terms) -> str:
    """Section and page: "avsnitt 4.3.1 Uppdrag till …, s. 12"; the page only if it is known."""
    parts = []
    if evidence.section:
        parts.append(terms.say("place.section", section=evidence.section[-1]))
    if evidence.page is not None:
        parts.append(terms.say("place.page", page=evidence.page))
    return ", ".join(parts)


def deadline_text(deadline: Deadline, terms: Terms) -> str:
    """Kind and date: "slutredovisning 1 oktober 2026"."""
    return f"{terms.value('kind', deadline.kind)} {date_text(deadline.date, terms)}"


def swedish_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by the Swedish alphabet: å, ä, ö last; digits by value, before the letters."""
    key = []
    folded = unicodedata.normalize("NFC", text).casefold().translate(_SORTED_AS)
    for piece in re.findall(r"\d+|\D", folded):
        if piece.isdecimal():
            key.append((1, int(piece), ""))
        elif piece in _ALPHABET:
            key.append((2, _ALPHABET[piece], ""))
        else:
            key.append((0 if not piece.isalpha() else 3, 0, piece))
    return tuple(key)


def shorten(text: str, width: int) -> str:
    """The text on one line, cut at a word end with an ellipsis if longer than `width`."""
    line = one_line(text)
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    if " " in cut and line[width - 1] != " ":
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:–-") + "…"
