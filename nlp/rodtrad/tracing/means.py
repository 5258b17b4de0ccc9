"""What pairs are judged with: the link model, the vocabulary of aspects and the term bank."""

from __future__ import annotations

from dataclasses import dataclass, field

from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.retrieval.termbank import TermBank, load_termbank
from rodtrad.tracing.aspects import AspectBook, load_aspects
from rodtrad.tracing.model import LinkModel, shipped_model


@dataclass(frozen=True)
class Means:
    """An encoder and, unless others are given, the shipped model, aspects and term bank.

    `AspectBook(())` is no vocabulary at all.
    """

    encoder: Encoder
    model: LinkModel = field(default_factory=shipped_model)
    aspects: AspectBook = field(default_factory=load_aspects)
    termbank: TermBank = field(default_factory=load_termbank)
