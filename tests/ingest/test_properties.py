"""What holds for every text: offsets map both ways, and no character of the body is lost."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from rodtrad.datamodel import Span
from rodtrad.ingest.cleaning import build_clean_text
from rodtrad.ingest.drafts import Layout
from rodtrad.ingest.markdown import read_markdown
from rodtrad.ingest.textfile import read_text
from support.strategies import any_text, source_texts

texts = st.one_of(source_texts, any_text)


def characters(text: str) -> str:
    """The visible characters, in a form that ignores how blanks, ligatures and accents are set."""
    shown = (c for c in unicodedata.normalize("NFKC", text) if not c.isspace())
    return "".join(c for c in shown if unicodedata.category(c) not in ("Cc", "Cf", "Cn"))


def kept_runs(layout: Layout) -> list[tuple[int, int]]:
    """The source ranges of all blocks, without the dropped marks."""
    runs: list[tuple[int, int]] = []
    for draft in layout.drafts:
        for start, end in draft.runs:
            for cut_start, cut_end in draft.drop:
                if start <= cut_start < end:
                    runs.append((start, cut_start))
                    start = min(cut_end, end)
            runs.append((start, end))
    return runs


@given(texts)
def test_every_character_is_in_a_block_or_in_furniture_exactly_once(source: str) -> None:
    layout = read_text(source)
    counts = [0] * len(source)
    covered = [run for draft in layout.drafts for run in draft.runs]
    covered += [(f.span.start, f.span.end) for f in layout.furniture]
    for start, end in covered:
        for index in range(start, end):
            counts[index] += 1
    note_numbers = sum(d.marker is not None and d.kind == "footnote" for d in layout.drafts)
    missing = [i for i, n in enumerate(counts) if n == 0 and not source[i].isspace()]
    visible = [i for i in missing if source[i] not in "\u200b\ufeff\x1c\x1d\x1e\x85"]
    assert max(counts, default=0) <= 1
    assert len(visible) <= 4 * note_numbers


@given(texts)
def test_clean_text_is_the_blocks_with_only_blanks_and_line_end_hyphens_changed(
    source: str,
) -> None:
    layout = read_text(source)
    clean, _ = build_clean_text(layout.source, layout.drafts)
    body = [(s, e) for s, e in kept_runs(layout) if e > s]
    wanted = characters("".join(source[start:end] for start, end in body))
    found = characters(clean.text)
    lost = len(wanted) - len(found)
    assert 0 <= lost <= 2 * sum(source[end - 1] in "-\u2010\u00ad\ufffe" for _, end in body)
    assert is_subsequence(found, wanted) or any(d.kind == "footnote" for d in layout.drafts)


def is_subsequence(small: str, large: str) -> bool:
    rest = iter(large)
    return all(character in rest for character in small)


@given(texts)
def test_segments_tile_the_clean_text_and_rise_in_the_source(source: str) -> None:
    layout = read_text(source)
    clean, blocks = build_clean_text(source, layout.drafts)
    end = 0
    for segment in clean.segments:
        if segment.clean_start >= clean.notes_start and end > segment.source_start:
            end = 0
        assert segment.source_start >= end
        end = segment.source_start + segment.source_length
    starts = [block.at.start for block in blocks]
    assert starts == sorted(starts)


@given(texts, st.data())
def test_a_clean_span_maps_to_the_source_and_back(source: str, data: st.DataObject) -> None:
    layout = read_text(source)
    clean, _ = build_clean_text(source, layout.drafts)
    real = [s for s in clean.segments if s.identity and s.source_length]
    if not real:
        return
    segment = data.draw(st.sampled_from(real))
    start = data.draw(
        st.integers(segment.clean_start, segment.clean_start + segment.clean_length - 1)
    )
    end = data.draw(st.integers(start + 1, segment.clean_start + segment.clean_length))
    span = clean.to_source(Span(start, end))
    assert [clean.to_clean(i) for i in range(span.start, span.end)] == list(range(start, end))
    same = zip(span.of(source), clean.text[start:end], strict=True)
    assert all(
        a == b or ((a.isspace() or a in "\u00a0\u2007") and b == " ") or b == "\n" for a, b in same
    )


@given(texts)
def test_markdown_never_fails_and_keeps_order(source: str) -> None:
    layout = read_markdown(source)
    ends = 0
    for draft in layout.drafts:
        assert draft.start >= ends
        ends = draft.end
    build_clean_text(source, layout.drafts)
