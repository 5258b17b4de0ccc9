import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.datamodel import CleanText, CleanTextBuilder, Segment, Span
from rodtrad.datamodel.cleantext import whole

# Pieces of a source text and what cleaning makes of each: kept, dropped, or replaced.
pieces = st.lists(
    st.tuples(
        st.text(min_size=1, max_size=8),
        st.sampled_from(["keep", "drop", "blank", "expand"]),
    ),
    min_size=1,
    max_size=20,
)


def cleaned(parts: list[tuple[str, str]]) -> tuple[str, CleanText]:
    source = "".join(text for text, _ in parts)
    builder = CleanTextBuilder(source)
    position = 0
    for text, action in parts:
        end = position + len(text)
        if action == "keep":
            builder.keep(position, end)
        elif action == "blank":
            builder.replace(position, end, " ")
        elif action == "expand":
            builder.replace(position, end, text + "+")
        position = end
    return source, builder.build()


@given(pieces)
def test_every_kept_character_maps_to_itself_and_back(parts: list[tuple[str, str]]) -> None:
    source, clean = cleaned(parts)
    position = 0
    for text, action in parts:
        if action == "keep":
            for offset in range(position, position + len(text)):
                at = clean.to_clean(offset)
                assert clean.text[at] == source[offset]
                assert clean.to_source(Span(at, at + 1)) == Span(offset, offset + 1)
        position += len(text)


@given(pieces, st.data())
def test_the_map_is_monotone(parts: list[tuple[str, str]], data: st.DataObject) -> None:
    _, clean = cleaned(parts)
    if len(clean.text) < 2:
        return
    cut = data.draw(st.integers(1, len(clean.text) - 1))
    left, right = clean.to_source(Span(0, cut)), clean.to_source(Span(cut, len(clean.text)))
    assert left.start <= right.start
    assert left.end <= right.end


def test_a_joined_line_end_is_quoted_with_its_hyphen() -> None:
    source = "offer för människo-\nhandel."
    builder = CleanTextBuilder(source)
    builder.keep(0, 18)
    builder.keep(20, len(source))
    clean = builder.build()
    at = clean.text.index("människohandel")
    span = clean.to_source(Span(at, at + len("människohandel")))
    assert span.of(source) == "människo-\nhandel"


def test_an_expanded_ligature_is_quoted_whole() -> None:
    source = "ofﬁciell"
    builder = CleanTextBuilder(source)
    builder.keep(0, 2)
    builder.replace(2, 3, "fi")
    builder.keep(3, len(source))
    clean = builder.build()
    assert clean.text == "officiell"
    assert clean.to_source(Span(0, 3)).of(source) == "ofﬁ"


def test_notes_lie_behind_the_body_and_still_find_home() -> None:
    source = "Kropp.1\n1 Not.\nMer kropp."
    builder = CleanTextBuilder(source)
    builder.keep(0, 6)
    builder.replace(7, 8, " ")
    builder.keep(15, 25)
    builder.start_notes()
    builder.keep(8, 14)
    clean = builder.build()
    assert clean.text[: clean.notes_start] == "Kropp. Mer kropp."
    note = Span(clean.notes_start, len(clean.text))
    assert clean.to_source(note).of(source) == "1 Not."
    assert clean.to_clean(8) == clean.notes_start


def test_segments_that_leave_a_gap_are_refused() -> None:
    with pytest.raises(ValueError, match="tile"):
        CleanText("abc", (Segment(1, 2, 0, 2),), 3)


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="behind the text"):
        whole("abc").to_source(Span(1, 4))
