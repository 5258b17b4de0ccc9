"""Passages to mentions: agencies, deadlines, matters, money, references.

Rules are pure functions over clean text (`find_references(text)`), vocabularies are files in
`data/`, and `rodtrad.entities.components` offers the whole to any spaCy pipeline.
"""

from rodtrad.entities.agencies import canonical_name, find_agencies
from rodtrad.entities.amounts import find_amounts
from rodtrad.entities.corpusnames import names_of, resolve_to_corpus
from rodtrad.entities.dates import NO_SUCH_DAY, find_dates
from rodtrad.entities.deadlines import NO_YEAR, find_deadlines
from rodtrad.entities.diarienummer import find_diarienummer
from rodtrad.entities.finding import Finding
from rodtrad.entities.mentions import find_in_text, find_mentions
from rodtrad.entities.references import find_references

__all__ = [
    "NO_SUCH_DAY",
    "NO_YEAR",
    "Finding",
    "canonical_name",
    "find_agencies",
    "find_amounts",
    "find_dates",
    "find_deadlines",
    "find_diarienummer",
    "find_in_text",
    "find_mentions",
    "find_references",
    "names_of",
    "resolve_to_corpus",
]
