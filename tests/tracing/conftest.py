"""A small plan, an encoder that needs no model, and its documents."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from rodtrad.datamodel import Document, Measure, Passage, Recommendation, Sentence, Span
from rodtrad.datamodel.cleantext import whole
from rodtrad.retrieval.encoders.port import Vectors, unit_rows

SECTIONS = (
    (
        "2.3 Stöd från socialtjänsten",
        "Socialnämnden kan ansöka om uppehållstillstånd för betänketid.",
    ),
    (
        "4.1 Uppdrag till Polismyndigheten om utredning av människohandel",
        "Polismyndigheten ska höja kompetensen hos dem som utreder människohandel "
        "så att fler åtalas (Ju2025/01324).",
    ),
    (
        "4.2 Uppdrag till Brottsoffermyndigheten om ersättning",
        "Brottsoffermyndigheten ska underlätta för offer för människohandel att söka "
        "brottsskadeersättning.",
    ),
    (
        "4.3 Medel till kvinnojourer",
        "Kvinnojourer får 20 miljoner kronor för stöd till personer som utsatts för "
        "prostitution och människohandel.",
    ),
    (
        "4.4 Uppdrag till Migrationsverket om trygga boenden",
        "Migrationsverket ska höja säkerheten på sina boenden så att asylsökande inte "
        "utnyttjas i människohandel.",
    ),
)


class HashingEncoder:
    """Words thrown into 64 buckets: near for shared words, the same on every machine."""

    name = "hashing"
    revision = "test"
    dimensions = 64

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        rows = np.full((len(texts), 64), 1e-3, np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[sum(map(ord, word)) % 64] += 1
        return unit_rows(rows)

    def encode_passages(self, texts: Sequence[str], *, progress: object = None) -> Vectors:
        return self.encode_queries(texts)


@pytest.fixture(scope="session")
def encoder() -> HashingEncoder:
    return HashingEncoder()


def _source() -> str:
    return "\n".join(f"{title}\n{body}" for title, body in SECTIONS)


@pytest.fixture(scope="session")
def plan() -> Document:
    text = _source()
    return Document("plan", "handlingsplan", "sv", text, whole(text), ())


def _measure(place: int) -> Measure:
    label, body = SECTIONS[place]
    number, _, title = label.partition(" ")
    text = _source()
    at = Span(text.index(label), text.index(body) + len(body))
    return Measure(
        id=number,
        document="plan",
        title=title,
        type="uppdrag",
        state="pågående",
        agencies=(title.split()[2],) if title.startswith("Uppdrag till") else (),
        other_agencies=(),
        deadlines=(),
        dnr=("Ju2025/01324",) if "Ju2025" in body else (),
        other_dnr=(),
        refs=(),
        amounts=(),
        text=body,
        at=at,
        span=at,
        section=(label,),
        sentences=(Sentence(body, Span(text.index(body), text.index(body) + len(body))),),
    )


@pytest.fixture(scope="session")
def measures() -> tuple[Measure, ...]:
    return tuple(_measure(place) for place in range(1, len(SECTIONS)))


@pytest.fixture(scope="session")
def passages() -> tuple[Passage, ...]:
    text = _source()
    found = []
    for label, body in SECTIONS:
        at = Span(text.index(body), text.index(body) + len(body))
        found.append(Passage(label, "plan", 0, (label,), body, at, at, "sv"))
    contents = replace(found[0], key="contents", path=("Innehåll",), flags=("contents",))
    return (*found, contents)


@pytest.fixture(scope="session")
def demand() -> Recommendation:
    return Recommendation(
        id="1",
        document="list",
        issuer="",
        addressees=(),
        strength=None,
        text="Fler offer för människohandel bör få hjälp att söka brottsskadeersättning.",
        language="sv",
    )
