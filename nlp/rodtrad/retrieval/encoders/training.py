"""Teaching a sentence-transformers model which texts belong together.

Plain gradient descent with the library's own loss (multiple negatives ranking: a query must be
nearer to its passage than to the other passages of its batch). The base model is not changed; what
was learnt is written to a folder of its own, whose files make another revision.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rodtrad.errors import UsageError
from rodtrad.retrieval.encoders.encodable import encodable
from rodtrad.retrieval.encoders.sentence import load_model
from rodtrad.settings import EMBEDDED, EncoderSettings

BATCH = 16


@dataclass(frozen=True, slots=True)
class TextPair:
    """A query and a passage that answers it."""

    query: str
    passage: str


@dataclass(frozen=True, slots=True)
class Course:
    """How to train: times through all pairs, step size, and the seed of the order of pairs."""

    epochs: int = 4
    rate: float = 2e-5
    seed: int = 7


def require_trainable(settings: EncoderSettings, folder: Path) -> None:
    """Refuse before any work what cannot be trained, or written.

    Raises:
        UsageError: the encoder is the embedded one, or the folder is not empty.
    """
    if settings.model == EMBEDDED:
        raise UsageError(
            "the embedded encoder cannot be trained; name the folder of a sentence-transformers "
            "model in rodtrad.toml ([encoder] model)."
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not an empty folder; name a new one.")


def fine_tune(
    settings: EncoderSettings,
    pairs: Sequence[TextPair],
    folder: Path,
    *,
    course: Course,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write to a folder the settings' model after it has learnt the pairs, prefixes included.

    Raises:
        EncoderError: the model cannot be loaded.
        UsageError: see `require_trainable`.
    """
    require_trainable(settings, folder)
    import torch

    torch.manual_seed(course.seed)
    model = load_model(settings)
    loss = _loss_of(model)
    optimiser = torch.optim.AdamW(model.parameters(), lr=course.rate)
    model.train()
    order = random.Random(course.seed)  # noqa: S311  # an order, not a secret
    for epoch in range(course.epochs):
        for batch in batches(pairs, order):
            value = loss(_features(model, settings, batch), None)
            optimiser.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
        if progress is not None:
            progress(epoch + 1, course.epochs)
    model.eval()
    model.save(str(folder), create_model_card=False)


def batches(pairs: Sequence[TextPair], order: random.Random) -> Iterator[list[TextPair]]:
    """All pairs in a random order, in batches in which no query and no passage stands twice.

    Every other passage of a batch counts as wrong for a query, so a right one must not be there.
    A pair left alone in its batch, which could teach nothing, is left out.
    """
    waiting = order.sample(list(pairs), len(pairs))
    while waiting:
        batch: list[TextPair] = []
        later: list[TextPair] = []
        for pair in waiting:
            seen = {text for one in batch for text in (one.query, one.passage)}
            is_free = len(batch) < BATCH and pair.query not in seen and pair.passage not in seen
            (batch if is_free else later).append(pair)
        if len(batch) > 1:
            yield batch
        waiting = later


def _loss_of(model: Any) -> Any:
    new = "sentence_transformers.sentence_transformer"  # since version 5.4
    folder = new if find_spec(new) else "sentence_transformers"
    return import_module(f"{folder}.losses").MultipleNegativesRankingLoss(model)


def _features(model: Any, settings: EncoderSettings, batch: Sequence[TextPair]) -> list[Any]:
    read = getattr(model, "preprocess", None) or model.tokenize
    return [
        read([settings.query_prefix + encodable(pair.query) for pair in batch]),
        read([settings.passage_prefix + encodable(pair.passage) for pair in batch]),
    ]
