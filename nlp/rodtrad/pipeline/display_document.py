"""One document as `rodtrad.read` and a corpus hand it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rodtrad.datamodel import (
    AnnotatedDocument,
    Measure,
    Mention,
    Passage,
    Recommendation,
    Section,
    Span,
    Stance,
)
from rodtrad.errors import UsageError
from rodtrad.pipeline.deadlinejob import timeline_of
from rodtrad.pipeline.display import Html, Manner, Record, Shown
from rodtrad.pipeline.records import deadline_records, measures_as_of
from rodtrad.tables.records import (
    measure_record,
    mention_record,
    recommendation_record,
    section_record,
    stance_record,
)
from rodtrad.tables.terms import Language, load_terms

MENTION_COLUMNS = ("document", "type", "surface", "start", "end", "page", "section", "value")
SECTION_COLUMNS = ("document", "number", "title", "level", "start", "end", "page", "printed_page")
PASSAGE_COLUMNS = ("document", "section", "text", "quote", "start", "end", "page", "language")
RECOMMENDATION_COLUMNS = (
    "id", "document", "issuer", "addressees", "strength", "text", "parts", "quote", "summary",
    "start", "end", "page", "section", "paragraph", "repeated", "own_undertaking",
)  # fmt: skip
MEASURE_COLUMNS = (
    "id", "document", "title", "type", "state", "agencies", "other_agencies", "deadlines",
    "recipient", "dnr", "other_dnr", "refs", "amounts", "text", "quote", "start", "end", "page",
    "section",
)  # fmt: skip
STANCE_COLUMNS = (
    "document", "target_document", "target", "stance", "condition", "wishes", "quote", "start",
    "end", "page", "section",
)  # fmt: skip
DEADLINE_COLUMNS = (
    "date", "kind", "responsible", "recipient", "state", "measure", "document", "quote", "start",
    "end", "section",
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """A document with what was found in it, as lists that show themselves.

    `annotated` is the plain value of the data model, `as_of` the day that decides which measures
    are running and which deadlines have passed.
    """

    annotated: AnnotatedDocument
    as_of: date
    language: Language = "sv"

    @property
    def id(self) -> str:
        """The document's id."""
        return self.annotated.id

    @property
    def title(self) -> str:
        """The title, or the id where none is known."""
        return self.annotated.document.title

    @property
    def kind(self) -> str:
        """The kind of document: handlingsplan, regeringsuppdrag, remissvar …"""
        return self.annotated.document.kind

    @property
    def text(self) -> str:
        """The source text, which all `start` and `end` count in."""
        return self.annotated.document.source

    @property
    def metadata(self) -> Mapping[str, str]:
        """What is known of the document: title, issuer, date, dnr … as far as it is."""
        return {value.name: value.value for value in self.annotated.document.metadata}

    @cached_property
    def sections(self) -> Shown[Section]:
        """The headings with all text under each, in the order of the text."""
        document = self.annotated.document
        manner = Manner[Section]("sections", lambda s: section_record(s, document), SECTION_COLUMNS)
        return Shown(self.annotated.sections, manner, language=self.language)

    @cached_property
    def passages(self) -> Shown[Passage]:
        """The stretches of text that search reads."""
        from rodtrad.pipeline.display_html import passages_html

        manner = Manner[Passage](
            "passages", self._passage_record, PASSAGE_COLUMNS, html=passages_html
        )
        return Shown(self.annotated.passages, manner, language=self.language)

    @cached_property
    def entities(self) -> Shown[Mention]:
        """Agencies, deadlines, diarienummer, amounts and references that are certain."""
        return self._mentions(self.annotated.entities)

    @cached_property
    def doubtful(self) -> Shown[Mention]:
        """The entities that are doubtful, each with its reason."""
        return self._mentions(m for m in self.annotated.mentions if m.certainty == "doubtful")

    @cached_property
    def recommendations(self) -> Shown[Recommendation]:
        """What the document asks others, or itself, to do."""
        manner = Manner("recommendations", recommendation_record, RECOMMENDATION_COLUMNS)
        return Shown(self.annotated.recommendations, manner, language=self.language)

    @cached_property
    def measures(self) -> Shown[Measure]:
        """What the document orders, funds, legislates or describes as done."""
        document = self.annotated.document
        manner = Manner[Measure]("measures", lambda m: measure_record(m, document), MEASURE_COLUMNS)
        found = measures_as_of(self.annotated, as_of=self.as_of)
        return Shown(found, manner, language=self.language)

    @cached_property
    def stances(self) -> Shown[Stance]:
        """What a consultation reply thinks of each proposal."""
        document = self.annotated.document
        manner = Manner[Stance]("stances", lambda s: stance_record(s, document), STANCE_COLUMNS)
        return Shown(self.annotated.stances, manner, language=self.language)

    @cached_property
    def deadlines(self) -> Shown[Record]:
        """The deadlines of the measures, as records: who must do what by when."""
        found = deadline_records(self.annotated, as_of=self.as_of, language=self.language)
        return Shown(map(dict, found), DEADLINES, language=self.language)

    def timeline(self) -> Html:
        """The deadlines on a line of time, a band per agency."""
        from rodtrad.pipeline.display_html import figure_html

        figure = timeline_of(self.deadlines, as_of=self.as_of, language=self.language)
        return Html(figure_html(figure), figure.alternative)

    def entity_counts(self) -> Html:
        """Bars of how many entities of each type were found."""
        from rodtrad.pipeline.countjob import counts_figure
        from rodtrad.pipeline.display_html import figure_html

        kinds = [mention.type for mention in self.entities]
        figure = counts_figure(kinds, [self.annotated], language=self.language)
        return Html(figure_html(figure), figure.alternative)

    def marked(self, section: str | None = None) -> Html:
        """The text with its entities marked by spaCy's displaCy.

        Args:
            section: the number or title of a section; the whole document without.

        Raises:
            UsageError: no section has that number or title.
        """
        from rodtrad.pipeline.display_entities import marked_html

        whole = Span(0, len(self.annotated.document.text))
        return marked_html(self.annotated, self.section(section).at if section else whole)

    def section(self, name: str) -> Section:
        """The section of that number, title or label ("4.3.4 Uppdrag till …").

        Raises:
            UsageError: no section has that number or title.
        """
        for section in self.annotated.sections:
            if name in (section.number, section.title, section.label):
                return section
        raise UsageError(f"{self.id}: no section is called {name!r}; see document.sections.")

    def _mentions(self, mentions: Iterable[Mention]) -> Shown[Mention]:
        manner = Manner("entities", self._mention_record, MENTION_COLUMNS)
        return Shown(mentions, manner, language=self.language)

    def _mention_record(self, mention: Mention) -> Record:
        path = self.annotated.section_path(self.annotated.section_at(mention.at.start))
        return mention_record(mention, self.annotated.document, section=path)

    def _passage_record(self, passage: Passage) -> Record:
        return {
            "document": passage.document,
            "section": list(passage.path),
            "text": passage.text,
            "quote": self.annotated.document.quote(passage.span),
            "start": passage.span.start,
            "end": passage.span.end,
            "page": passage.page,
            "language": passage.language,
            "flags": list(passage.flags),
        }

    def _facts(self) -> list[tuple[str, str]]:
        terms, document = load_terms(self.language), self.annotated.document
        known = [
            ("col.document", self.id),
            ("col.kind_document", self.kind),
            ("col.issuer", document.get("issuer") or ""),
            ("col.date", document.get("date") or ""),
            ("col.dnr", document.get("dnr") or ""),
            ("col.pages", str(len(document.pages) or "")),
            ("col.sections", str(len(self.sections))),
            ("col.passages", str(len(self.passages))),
            ("col.entities", str(len(self.entities))),
            ("col.recommendation", str(len(self.recommendations) or "")),
            ("col.links", str(len(self.measures) or "")),
            ("col.stance", str(len(self.stances) or "")),
        ]
        return [(terms[key], value) for key, value in known]

    def _repr_html_(self) -> str:
        from rodtrad.pipeline.display_html import card_html

        errors = [error.message for error in self.annotated.document.errors]
        return card_html(self.title, self._facts(), lines=errors)

    def __str__(self) -> str:
        facts = [f"{name}: {value}" for name, value in self._facts() if value]
        return "\n".join([self.title, *facts])

    def __repr__(self) -> str:
        return f"<rodtrad {self.id}: {self.title}>"


def _as_it_is(record: Record) -> Record:
    return record


DEADLINES: Manner[Record] = Manner("deadlines", _as_it_is, DEADLINE_COLUMNS)
