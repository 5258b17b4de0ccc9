import pytest

from rodtrad.datamodel import Span


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 4)])
def test_a_span_is_never_empty_or_backwards(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="span needs"):
        Span(start, end)


def test_slicing_gives_the_quote() -> None:
    assert Span(4, 9).of("att träda i kraft") == "träda"


@pytest.mark.parametrize(
    ("one", "other", "overlaps", "covers"),
    [
        ((0, 5), (5, 8), False, False),
        ((0, 5), (4, 8), True, False),
        ((0, 9), (4, 8), True, True),
        ((4, 8), (4, 8), True, True),
    ],
)
def test_overlap_and_cover(
    one: tuple[int, int], other: tuple[int, int], overlaps: bool, covers: bool
) -> None:
    assert Span(*one).overlaps(Span(*other)) is overlaps
    assert Span(*one).covers(Span(*other)) is covers
