"""What a trained spaCy pipeline finds, where one is installed: the baseline of names and dates.

Its labels say less than the guideline: an organisation is not always an agency, a date seldom a
deadline. So only places count for such a baseline, values do not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rodtrad.datamodel import Mention, Span

# Labels of the trained Swedish pipelines (SUC) and of the multilingual and English ones.
LABELS = {
    "ORG": "AGENCY",
    "TME": "DEADLINE",
    "DATE": "DEADLINE",
    "MSR": "AMOUNT",
    "MONEY": "AMOUNT",
    "LAW": "REFERENCE",
    "WRK": "REFERENCE",
}
_PIECE = 50_000


def installed_pipelines() -> list[str]:
    """Names of installed trained pipelines that read Swedish."""
    from spacy.util import get_installed_models

    return sorted(name for name in get_installed_models() if name.startswith(("sv_", "xx_")))


def pipeline_mentions(source: str, nlp: Callable[[str], Any]) -> list[Mention]:
    """What a pipeline's named entities make of a source text, as mentions without values.

    The text is read in pieces that end with a line, for pipelines refuse very long texts.
    """
    mentions: list[Mention] = []
    start = 0
    while start < len(source):
        end = source.rfind("\n", start, start + _PIECE) + 1 or start + _PIECE
        for entity in nlp(source[start:end]).ents:
            if entity.label_ in LABELS:
                span = Span(start + entity.start_char, start + entity.end_char)
                kind = LABELS[entity.label_]
                mentions.append(Mention(kind, span.of(source), None, span, span, "spacy"))
        start = end
    return mentions
