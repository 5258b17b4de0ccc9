"""Dates, numbers, citations and probabilities in words, by Swedish or English rules."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from rodtrad.datamodel import Deadline, Evidence
from rodtrad.tables.terms import Terms

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

    Forms: `2026-10-01`, `2026-10`, `2018-spring`, `--12-15` (every year), `2027`, `2026/2027`.
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return day_text(date.fromisoformat(value), terms)
    if recurring := re.fullmatch(r"--(\d\d)-(\d\d)", value):
        month, day = recurring.groups()
        spoken = f"{int(day)}{NO_BREAK_SPACE}{terms[f'month.{month}']}"
        return terms.say("date.yearly", day=spoken)
    if month_only := re.fullmatch(r"(\d{4})-(\d\d)", value):
        year, month = month_only.groups()
        return f"{terms[f'month.{month}']}{NO_BREAK_SPACE}{year}"
    if season := re.fullmatch(r"(\d{4})-(spring|summer|autumn|winter)", value):
        return terms.say(f"season.{season[2]}", year=season[1])
    return value.replace("/", "–")


def last_day(value: str) -> date | None:
    """The last day a date of the entity guideline can mean; None for yearly or unknown forms."""
    patterns = (
        (r"\d{4}-\d\d-\d\d", ""),
        (r"\d{4}-(?:0[1-9]|1[0-2])", "month"),
        (r"\d{4}", "-12-31"),
    )
    if season := re.fullmatch(r"(\d{4})-(spring|summer|autumn|winter)", value):
        return date.fromisoformat(f"{season[1]}-{_SEASON_ENDS[season[2]]}")
    if years := re.fullmatch(r"\d{4}/(\d{4})", value):
        return date(int(years[1]), 12, 31)
    for pattern, rest in patterns:
        if re.fullmatch(pattern, value):
            return _end_of_month(value) if rest == "month" else date.fromisoformat(value + rest)
    return None


def _end_of_month(value: str) -> date:
    year, month = int(value[:4]), int(value[5:])
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


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
