"""What is said of a demand alone: how much of it is known to the measures, and how wide it is."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from rodtrad.datamodel import Measure, Recommendation
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.tracing import AspectBook, load_aspects
from rodtrad.tracing.arrays import Floats
from rodtrad.tracing.encoding import encode_demands
from rodtrad.tracing.features import MeasureSpace, read_demands
from rodtrad.tracing.texts import demand_side


def of_demand(
    text: str,
    name: str,
    *,
    demand: Recommendation,
    measures: tuple[Measure, ...],
    encoder: Encoder,
    book: AspectBook,
) -> float:
    space = MeasureSpace(measures, encoder=encoder, book=book)
    asked = replace(demand, text=text, language="en", context="", section=())
    row = space.compare(read_demands([asked], encoder=encoder, book=book))[name][0]
    assert len(set(row.tolist())) == 1, "the same for every measure"
    return float(row[0])


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Investigate trafficking in human beings.", 1.0, 1.0),
        ("Abolish the statute of limitations for trafficking.", 0.0, 0.0),
        ("Compensate victims and abolish the statute of limitations.", 0.2, 0.8),
        ("Do better.", 1.0, 1.0),
    ],
)
def test_an_action_that_stands_in_no_measure_is_unknown(
    text: str,
    low: float,
    high: float,
    demand: Recommendation,
    measures: tuple[Measure, ...],
    encoder: Encoder,
) -> None:
    known = of_demand(
        text,
        "known_action",
        demand=demand,
        measures=measures,
        encoder=encoder,
        book=load_aspects(),
    )
    assert low <= known <= high


def test_a_wide_demand_is_broader_than_a_narrow_one_and_no_vocabulary_knows_neither(
    demand: Recommendation, measures: tuple[Measure, ...], encoder: Encoder
) -> None:
    wide = "Compensate, train, investigate and house victims of trafficking and of prostitution."
    values = [
        of_demand(text, "breadth", demand=demand, measures=measures, encoder=encoder, book=book)
        for text, book in (
            (wide, load_aspects()),
            ("Compensate victims.", load_aspects()),
            (wide, AspectBook(())),
        )
    ]
    assert values[0] > values[1] > values[2] == 0.0


class _KeepingEncoder:
    """Gives out the vectors it keeps, locked."""

    name, revision, dimensions = "keeping", "test", 4

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        rows = np.ones((len(texts), 4), np.float32)
        rows.flags.writeable = False
        return rows

    def encode_passages(self, texts: Sequence[str], *, progress: object = None) -> Floats:
        return self.encode_queries(texts)


def test_an_encoders_own_vectors_are_left_alone(demand: Recommendation) -> None:
    found = encode_demands([demand_side(demand)], encoder=_KeepingEncoder())
    assert found.rows.shape[1] == 4


def test_an_agency_named_again_and_again_counts_as_named_twice(
    demand: Recommendation, measures: tuple[Measure, ...], encoder: Encoder
) -> None:
    book = load_aspects()
    asked = read_demands(
        [replace(demand, text="Polisen bör utbildas.")], encoder=encoder, book=book
    )
    said = "Polisen ska utbildas. Domstolarna ska utbildas. "

    def similarity(repeated: int) -> float:
        text = said + "Polisen ska ta emot offer. " * repeated
        named = replace(measures[0], title="Utbildning", text=text, sentences=())
        space = MeasureSpace([named, *measures[1:]], encoder=encoder, book=book)
        return float(space.compare(asked)["same_actor"][0, 0])

    assert similarity(0) < similarity(1)
    assert similarity(1) == pytest.approx(similarity(5))
