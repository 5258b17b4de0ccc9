"""Entities in running text, drawn by spaCy's displaCy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rodtrad.datamodel import AnnotatedDocument, Span
from rodtrad.pipeline.display import Html

if TYPE_CHECKING:
    from spacy.tokens import Doc

MOST_CHARACTERS = 20_000


def marked_html(annotated: AnnotatedDocument, at: Span) -> Html:
    """The clean text of `at` with its certain entities marked; very long texts are cut.

    The words alone are one line an entity, in the order of the text.
    """
    from spacy import displacy

    from rodtrad.entities.components import COLORS, displacy_options

    part = Span(at.start, min(at.end, at.start + MOST_CHARACTERS))
    doc = _doc(annotated, part)
    colors = {span.label_: COLORS.get(span.label_, "#e5e5e5") for span in doc.spans["rodtrad"]}
    options = displacy_options() | {"colors": colors}
    html: str = displacy.render(doc, style="span", options=options, jupyter=False)
    words = [f"{span.label_}: {span.text}" for span in doc.spans["rodtrad"]]
    language = annotated.document.language
    return Html(f'<div lang="{language}">{html}</div>', "\n".join(words))


def _doc(annotated: AnnotatedDocument, part: Span) -> Doc:
    """A spaCy doc of the text with our entities as spans, widened to whole tokens."""
    from spacy.tokens import SpanGroup

    from rodtrad.entities.components import SPANS_KEY, blank

    doc = blank(annotated.document.language)(part.of(annotated.document.text))
    inside = sorted((m for m in annotated.entities if part.covers(m.at)), key=lambda m: m.at)
    spans = [
        doc.char_span(
            mention.at.start - part.start,
            mention.at.end - part.start,
            label=mention.type,
            alignment_mode="expand",
        )
        for mention in inside
    ]
    doc.spans[SPANS_KEY] = SpanGroup(doc, name=SPANS_KEY, spans=[s for s in spans if s])
    return doc
