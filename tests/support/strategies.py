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

HEADINGS = (
    "I. Introduction", "II. Framework", "III. More", "A. Inledning", "B. Mer", "1. Overview",
    "a. Part", "i. Small part", "2.3 Titel", "2.4 Titel till", "1 Uppdraget", "2 Mer", "Innehåll",
    "1. Inledning\t5", "2. Mer ....... 7", "Allmänna synpunkter", "På regeringens vägnar",
    "1 2 3 4", "5 6 7 8", "• en punkt,", "1. ett,", "2. två", "¹ En not.", "1 En not.",
)  # fmt: skip

words = st.sampled_from(WORDS)
prose = st.builds(
    lambda items, stop: " ".join(items) + stop,
    st.lists(words, min_size=1, max_size=14),
    st.sampled_from([".", ".", ".", "?", ":", "", " "]),
)
sentences = prose | st.sampled_from(HEADINGS)
breaks = st.sampled_from(
    ["\n", "\n\n", " \n", "\r\n", "\n \n\n", "\f", "\n1\n", "\n" + " " * 30 + "\n"]
)
source_texts = st.builds(
    lambda pairs: "".join(text + gap for text, gap in pairs),
    st.lists(st.tuples(sentences, breaks), min_size=1, max_size=40),
)
any_text = st.text(max_size=300)
