"""Recommendations × measures → links: explicit, implicit, graded; gaps with proof; context."""

from rodtrad.tracing.aspects import AspectBook, load_aspects
from rodtrad.tracing.learning import Case, Decided, Retrained, retrain
from rodtrad.tracing.linking import trace
from rodtrad.tracing.means import Means
from rodtrad.tracing.model import LinkModel, read_model, shipped_model
from rodtrad.tracing.reverse import ReverseGap, reverse_gaps
from rodtrad.tracing.signals import in_english

__all__ = [
    "AspectBook",
    "Case",
    "Decided",
    "LinkModel",
    "Means",
    "Retrained",
    "ReverseGap",
    "in_english",
    "load_aspects",
    "read_model",
    "retrain",
    "reverse_gaps",
    "shipped_model",
    "trace",
]
