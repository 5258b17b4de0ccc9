"""What the extractors find in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from rodtrad.datamodel.span import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """One entity as it stands in the text.

    `type` is AGENCY, DEADLINE, DIARIENUMMER, AMOUNT, REFERENCE, or one of the wider types
    (ORGANISATION, MUNICIPALITY, INTERNAL_REFERENCE, ARTICLE). `value` is the normalised value, JSON
    data, as ANNOTATION.md in tests/gold/entities describes. `labeller` names rule and version.
    """

    type: str
    surface: str
    value: Any
    at: Span
    span: Span
    labeller: str
    certainty: Literal["certain", "doubtful"] = "certain"
    reason: str | None = None
    detail: dict[str, Any] | None = None
