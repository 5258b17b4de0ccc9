"""What a document asks for, promises and objects to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rodtrad.datamodel.span import Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in clean form and the source span it was read from."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote with its place. `quote` is the source slice, or None where only `summary` exists."""

    document: str
    quote: str | None
    start: int | None
    end: int | None
    page: int | None
    section: tuple[str, ...]
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when something is due, who must do it and who receives it.

    `kind` and `date` as in tests/gold/entities/ANNOTATION.md. `flags` are warnings in words.
    """

    kind: str
    date: str
    responsible: tuple[str, ...]
    span: Span
    coordinator: str | None = None
    recipient: str | None = None
    part: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """Money. `role`: given, proposed, permanent, ceiling of a sanction, or statistic."""

    value: int
    currency: str
    role: str
    span: Span
    year: int | None = None


@dataclass(frozen=True, slots=True)
class AgencyRole:
    """An agency and its part.

    `role` is must_act, coordinates, participates, consulted, affected or receives.
    """

    name: str
    role: str
    span: Span


@dataclass(frozen=True)
class Recommendation:
    """A demand with its issuer, addressees and strength.

    `parts` are the pieces of a compound demand, each readable alone. `quote` is None for entries of
    a list that only summarises (`summary` holds the words, `source` where they come from).
    `context` is the text around the demand that says what it is about (its section's heading and
    paragraphs), which tracing may read. `reason` says why a doubtful one is.
    """

    id: str
    document: str
    issuer: str
    addressees: tuple[str, ...]
    strength: str | None
    text: str
    language: Literal["sv", "en"]
    parts: tuple[str, ...] = ()
    quote: str | None = None
    summary: str | None = None
    span: Span | None = None
    page: int | None = None
    section: tuple[str, ...] = ()
    paragraph: str | None = None
    repeated: bool = False
    own_undertaking: bool = False
    theme: str | None = None
    articles: tuple[str, ...] = ()
    source: str | None = None
    note: str | None = None
    context: str = ""
    sentences: tuple[Sentence, ...] = ()
    dnr: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    certainty: Literal["certain", "doubtful"] = "certain"
    reason: str = ""


@dataclass(frozen=True)
class Measure:
    """What a government document orders, funds, legislates or describes as done.

    Fields as in the project's gold (tests/gold/README.md). `at` and `span` cover the whole measure,
    heading included; `sentences` is its body, sentence by sentence.
    """

    id: str
    document: str
    title: str
    type: str
    state: str
    agencies: tuple[str, ...]
    other_agencies: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    dnr: tuple[str, ...]
    other_dnr: tuple[str, ...]
    refs: tuple[str, ...]
    amounts: tuple[Amount, ...]
    text: str
    at: Span
    span: Span
    section: tuple[str, ...]
    page: int | None = None
    recipient: str | None = None
    agency_roles: tuple[AgencyRole, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    tasks: tuple[Sentence, ...] = ()
    flags: tuple[str, ...] = ()
    language: Literal["sv", "en"] = "sv"


@dataclass(frozen=True)
class Stance:
    """What a consultation reply thinks of one proposal; vocabulary in docs/reference."""

    document: str
    target_document: str | None
    target: str
    stance: str
    span: Span
    section: tuple[str, ...]
    page: int | None = None
    condition: str | None = None
    wishes: tuple[str, ...] = field(default=())
