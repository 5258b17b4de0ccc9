"""The JSON twins of the pages, as types; they are what the OpenAPI description shows."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A value that cannot change; fields stand in the order they are printed."""

    model_config = ConfigDict(frozen=True)


class Problem(Model):
    """Why a request could not be answered: one sentence."""

    error: str


class DocumentItem(Model):
    """A document of the workspace; `state` says whether the index still holds it as it is."""

    id: str
    kind: str
    title: str
    issuer: str | None
    date: str | None
    dnr: str | None
    language: str
    pages: int | None
    status: str
    sections: int
    passages: int
    entities: int
    statements: int
    errors: list[str]


class Remark(Model):
    """A document or index that is not as it should be, and what mends it."""

    id: str
    status: str
    reason: str
    remedy: str


class Coverage(Model):
    """How many recommendations have each status in the usual trace."""

    source: str
    target: str
    statuses: dict[str, int]


class StartView(Model):
    """The first page."""

    documents: list[DocumentItem]
    remarks: list[Remark]
    totals: dict[str, int]
    coverage: Coverage | None


class HitItem(Model):
    """A passage found; offsets as in `rodtrad search --json`, `marks` are in the snippet."""

    rank: int
    document: str
    title: str
    section: list[str]
    page: int | None
    start: int
    end: int
    score: float
    snippet: str
    marks: list[list[int]]
    why: list[str]
    language: str
    similar: list[str]


class FacetItem(Model):
    """How many of the found passages have a value."""

    name: str
    value: str
    count: int


class SearchView(Model):
    """The answer to a query; `reason` says why there are no hits.

    `corrected` holds misspelt words with what was searched instead, `documents` title by id.
    """

    query: str
    limit: int
    hits: list[HitItem]
    facets: list[FacetItem]
    reason: str | None
    corrected: dict[str, str]
    documents: dict[str, str]
    kinds: list[str]


class SectionItem(Model):
    """A heading of a document with its place in the source text."""

    number: str | None
    title: str
    level: int
    start: int
    end: int
    page: int | None
    part: int


class MentionItem(Model):
    """An entity as it stands in the text; `at` counts in the block's own text.

    `remark` tells of doubt, or of a slip of the source.
    """

    type: str
    surface: str
    start: int
    end: int
    at: list[int]
    value: Any
    remark: str | None = None


class LinkItem(Model):
    """A link of a statement to the other end, from a trace made since the start."""

    document: str
    id: str
    title: str
    probability: float
    grade: int
    start: int | None
    end: int | None


class StatementItem(Model):
    """A recommendation, measure or stance of the document with its links.

    `word` is the strength, state or stance; `block` the index of the block it begins in.
    """

    kind: str
    id: str
    title: str
    word: str | None
    agencies: list[str]
    deadlines: list[list[str]]
    start: int
    end: int
    block: int
    links: list[LinkItem]


class BlockItem(Model):
    """A paragraph, heading or list item; `text` is the clean text, offsets are in the source."""

    kind: str
    text: str
    start: int
    end: int
    level: int | None
    page: int | None
    printed_page: str | None
    mentions: list[MentionItem]
    found: list[int] | None


class ReaderView(Model):
    """One part of a document as it is read."""

    document: DocumentItem
    part: int
    parts: int
    has_pictures: bool
    sections: list[SectionItem]
    blocks: list[BlockItem]
    statements: list[StatementItem]
    counts: dict[str, int]
    quote: str | None


class LeafView(Model):
    """A page of a document with its text as extracted; `picture` is an address, or null."""

    document: DocumentItem
    page: int
    pages: int
    printed_page: str | None
    text: str
    picture: str | None


class TraceView(Model):
    """A trace: records as `rodtrad trace --json` prints them, after the filters, page by page."""

    title: str
    sources: list[str]
    targets: list[str]
    as_of: str
    total: int
    shown: int
    page: int
    pages: int
    statuses: dict[str, int]
    lines: list[dict[str, Any]]
    notes: list[str]


class DeadlineView(Model):
    """Deadlines: records as `rodtrad deadlines --json` prints them."""

    as_of: str
    deadlines: list[dict[str, Any]]
    agencies: list[str]


class CompareView(Model):
    """Two plans: records as `rodtrad compare --json` prints them, after the filter, page by page.

    `problem` says in a sentence why there is nothing to compare.
    """

    old: str
    new: str
    as_of: str
    problem: str | None
    outcomes: dict[str, int]
    total: int
    shown: int
    page: int
    pages: int
    changes: list[dict[str, Any]]
    documents: dict[str, str]


class ChainItem(Model):
    """What a chain may begin or end with; `id` is empty for a whole document.

    `date` is the document's, as far as it is known.
    """

    name: str
    document: str
    id: str
    title: str
    language: str
    date: str | None = None


class ChainView(Model):
    """A chain: hops and conflicts as `rodtrad chain --json` prints them; `ends` names their ends.

    Without an item `items` holds those of the document to choose from, page by page.
    """

    document: str
    item: str | None
    as_of: str
    hops: list[dict[str, Any]]
    conflicts: list[dict[str, Any]]
    ends: dict[str, ChainItem]
    documents: dict[str, str]
    items: list[ChainItem]
    page: int
    pages: int


class UploadView(Model):
    """What may be sent in."""

    max_bytes: int


class JobView(Model):
    """How far an upload has come; state is waiting, reading, building, done or failed.

    `found` counts what a document that is done holds.
    """

    id: str
    name: str
    state: str
    stage: str
    done: int
    total: int
    document: str | None
    error: str | None
    found: dict[str, int] = {}


class ReviewView(Model):
    """One task of a review; `next_open` is the number of the next one the reviewer left open."""

    who: str
    number: int
    total: int
    done: int
    next_open: int | None
    source: str | None
    target: str | None
    decision: str | None
    mine: bool


class StatementView(Model):
    """A page of plain text."""

    title: str
    paragraphs: list[str]
