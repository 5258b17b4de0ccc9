"""Hypothesis strategies for texts as they come out of files."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    "myndigheten", "ska", "redovisa", "uppdraget", "senast", "den", "1", "mars", "2027", "till",
    "regeringen", "(A2025/00637),", "bl.a.", "stöd-", "och", "skyddsinsatser", "enligt", "prop.",
    "2025/26:1", "4", "kap.", "1", "a", "§", "brottsbalken.66", "EU-", "människo-", "handel",
    "direktiv", "•", "–", "1.", "2.3", "Förslag", "Bedömning", "12", "345", "https://a.se/b-",
    "c-", "ﬁna", "å",
)  # fmt: skip

words = st.sampled_from(WORDS)
sentences = st.builds(
    lambda items, stop: " ".join(items) + stop,
    st.lists(words, min_size=1, max_size=14),
    st.sampled_from([".", ".", ".", "?", ":", "", " "]),
)
breaks = st.sampled_from(
    ["\n", "\n\n", " \n", "\r\n", "\n \n\n", "\f", "\n1\n", "\n" + " " * 30 + "\n"]
)
source_texts = st.builds(
    lambda pairs: "".join(text + gap for text, gap in pairs),
    st.lists(st.tuples(sentences, breaks), min_size=1, max_size=40),
)
any_text = st.text(max_size=300)
