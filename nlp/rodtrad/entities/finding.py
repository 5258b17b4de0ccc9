"""What a rule returns: a stretch of clean text and the value read from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from rodtrad.datamodel import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """A mention in the clean text, before it is tied to a document.

    `value` is JSON data; `labeller` is "rule-name.vN"; `detail` holds facts beside the value (the
    role of an amount, the unit behind an authority).
    """

    type: str
    at: Span
    value: Any
    labeller: str
    certainty: Literal["certain", "doubtful"] = "certain"
    reason: str | None = None
    detail: dict[str, Any] | None = None
