"""How many entities of each type some documents hold, as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.tables.figures import entity_counts
from rodtrad.tables.filters import is_marked
from rodtrad.tables.picture import Figure


def counts_figure(
    kinds: Iterable[str], documents: Sequence[AnnotatedDocument], *, language: str = "sv"
) -> Figure:
    """The picture that commands, notebooks and pages show.

    Args:
        kinds: the type of each entity.
        documents: what they were found in; their titles and markings stand on the picture.
        language: "sv" or "en".
    """
    marks = {str(d.document.get("marking")) for d in documents}
    return entity_counts(
        Counter(kinds),
        language="en" if language == "en" else "sv",
        marking=", ".join(sorted(filter(is_marked, marks - {"None"}))) or None,
        caption=", ".join(d.document.title for d in documents),
    )
