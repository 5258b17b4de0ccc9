"""How many entities of each type some documents hold, as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.tables.figures import entity_counts, write_figure
from rodtrad.tables.filters import is_marked


def save_counts(
    records: Sequence[Mapping[str, Any]],
    documents: Sequence[AnnotatedDocument],
    paths: Sequence[Path],
    *,
    language: str = "sv",
) -> None:
    """Write the picture to each file (.svg, .png, .html).

    Args:
        records: of entities, as `rodtrad entities` prints them.
        documents: what they were found in; their titles and markings stand on the picture.
        paths: the files.
        language: "sv" or "en".

    Raises:
        UsageError: a file cannot be written there, or its ending is another one.
    """
    marks = {str(d.document.get("marking")) for d in documents}
    figure = entity_counts(
        Counter(str(record["type"]) for record in records),
        language="en" if language == "en" else "sv",
        marking=", ".join(sorted(filter(is_marked, marks - {"None"}))) or None,
        caption=", ".join(d.document.title for d in documents),
    )
    for path in paths:
        write_figure(figure, path)
