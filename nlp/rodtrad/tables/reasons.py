"""Why a file, an index or a row of a workbook was not taken in, in the table's language.

The library says it in English, which JSON keeps; Swedish stands in `data/reasons.tsv`.
"""

from __future__ import annotations

from rodtrad.tables.sentences import in_other_words
from rodtrad.tables.terms import Terms


def reason_text(reason: str, terms: Terms) -> str:
    """A reason in the language of the terms; one the list does not know as it is.

    >>> from rodtrad.tables.terms import load_terms
    >>> reason_text("the same as t.xlsx, Granskning rad 7", load_terms("sv"))
    'samma som t.xlsx, Granskning rad 7'
    """
    if terms.language == "en":
        return reason
    return in_other_words(reason, terms, file="reasons.tsv", gap="action", word=r"[\w-]+")
