"""Late interaction: pieces of words against the nearest pieces of a measure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from rodtrad.retrieval.encoders.hashing import HashingEncoder
from rodtrad.retrieval.encoders.port import Role, Subwords
from rodtrad.tracing.arrays import Floats
from rodtrad.tracing.subwords import (
    DemandSubwords,
    MeasureSubwords,
    demand_subwords,
    measure_subwords,
)
from rodtrad.tracing.texts import Side, Unit

ENCODER = HashingEncoder(dimensions=256)


def side(*sentences: str, title: str = "", weights: Sequence[float] = ()) -> Side:
    weighted = zip(sentences, weights or [1.0] * len(sentences), strict=True)
    return Side(title, tuple(Unit(text, weight) for text, weight in weighted), "sv")


def nearest(demands: Sequence[Side], measures: Sequence[Side]) -> Floats:
    asked = demand_subwords(demands, encoder=ENCODER)
    return measure_subwords(measures, encoder=ENCODER).nearest(asked, rough=not_needed)


def not_needed() -> Floats:
    raise AssertionError("so few measures are all compared")


def test_a_demand_is_as_near_as_its_words_are_found() -> None:
    all_there = side("polisen ska utbilda domare om människohandel")
    half = side("polisen ska kartlägga behovet")
    none = side("vatten renas inte")
    (row,) = nearest([side("utbilda domare")], [half, none, all_there])
    assert row[2] == pytest.approx(1.0, abs=0.02)
    assert row[2] > row[0] + 0.5
    assert row[2] > row[1] + 0.5


def test_a_word_of_the_title_counts_like_one_of_the_text() -> None:
    (row,) = nearest([side("utbilda domare")], [side("annat", title="utbilda domare"), side("x")])
    assert row[0] == pytest.approx(1.0, abs=0.02)


def test_reasons_weigh_less_than_the_demand() -> None:
    asked = side("utbilda domare", "vatten renas", weights=(1.0, 0.35))
    (row,) = nearest([asked], [side("utbilda domare nu"), side("vatten renas nu")])
    assert row[0] > row[1] + 0.3


def test_a_demand_gets_the_same_alone_and_in_a_list() -> None:
    measures = [side("utbilda domare"), side("bygga hus")]
    demands = [side("utbilda"), side("bygga", "hus"), side("något annat")]
    together = nearest(demands, measures)
    alone = np.concatenate([nearest([one], measures) for one in demands])
    assert np.array_equal(together, alone)


class Silent(HashingEncoder):
    """Finds nothing telling in what is "och"."""

    def encode_subwords(self, texts: Sequence[str], *, role: Role) -> list[Subwords]:
        found = super().encode_subwords(texts, role=role)
        nothing = Subwords(np.zeros((0, self.dimensions), np.float16), np.zeros(0, np.float32))
        return [
            nothing if set(t.split()) <= {"och"} else s for t, s in zip(texts, found, strict=True)
        ]


def test_what_has_no_telling_piece_is_near_nothing_and_disturbs_no_other() -> None:
    silent = Silent(dimensions=256)
    asked = demand_subwords([side("och"), side("hus")], encoder=silent)
    targets = measure_subwords([side("och"), side("bygga hus"), side("och")], encoder=silent)
    found = targets.nearest(asked, rough=not_needed)
    assert not found[0].any()
    assert found[1] == pytest.approx([0.0, 1.0, 0.0], abs=0.02)


def test_of_many_measures_only_those_roughly_alike_are_compared() -> None:
    generator = np.random.default_rng(3)
    rows = generator.normal(size=(450, 2, 16)).astype(np.float32)
    codes = np.rint(rows * 20).clip(-127, 127).astype(np.int8)
    many = MeasureSubwords(tuple(codes), (np.full(2, 0.05, np.float32),) * 450)
    asked = DemandSubwords(rows[5], np.ones(2, np.float32), (0, 2))
    likeness = generator.normal(size=(1, 450)).astype(np.float32)
    likeness[0, 5] = 9.0
    (found,) = many.nearest(asked, rough=lambda: likeness)
    order = np.argsort(-likeness[0])
    assert int(found.argmax()) == 5
    assert found[order[128:]].max() <= found[order[:128]].min()
    assert (np.diff(found[order[128:]]) <= 0).all()
    (alone,) = MeasureSubwords(many.codes[:300], many.scales[:300]).nearest(asked, rough=not_needed)
    both = [place for place in order[:128] if place < 300]
    assert np.array_equal(found[both], alone[both])


def test_no_measures_give_no_columns() -> None:
    assert nearest([side("utbilda domare")], []).shape == (1, 0)


def test_bytes_stand_in_for_rows_without_changing_the_order() -> None:
    words = [f"ord{number}" for number in range(40)]
    measures = [side(" ".join(words[n : n + 4])) for n in range(0, 40, 4)]
    (row,) = nearest([side("ord4 ord5 ord9")], measures)
    assert list(np.argsort(-row)[:2]) == [1, 2]
