"""How long a big trace takes: `python tests/benchmark/bench_tracing.py DEMANDS MEASURES JOBS`.

The measures are those of a made-up plan: sentences put together from parts at random (seeded), the
demands likewise. An encoder that costs next to nothing stands in for the real one, because the
goal is set for the time after encoding: 1,000 demands × 10,000 measures in 60 s of two cores, with
bounded memory. Prints processor time (user + system) and the greatest memory of the process.
"""

from __future__ import annotations

import random
import resource
import sys
import time
import zlib
from collections.abc import Sequence

import numpy as np

from rodtrad.backends.runners import PoolRunner
from rodtrad.datamodel import Measure, Recommendation, Sentence, Span
from rodtrad.retrieval.encoders.port import Role, Subwords, Vectors, unit_rows
from rodtrad.tracing import Means, trace

DIMENSIONS = 384
WHO = ("Polismyndigheten", "Socialstyrelsen", "Migrationsverket", "Skolverket", "Länsstyrelserna")
WHAT = (
    "ta fram en nationell vägledning om", "kartlägga behovet av utbildning om",
    "fördela statsbidrag till arbetet mot", "utveckla metoder för att upptäcka",
    "samordna myndigheternas arbete mot", "redovisa statistik om", "höja kompetensen om",
)  # fmt: skip
ABOUT = (
    "människohandel", "arbetskraftsexploatering", "våld i nära relationer", "sexuell exploatering",
    "psykisk ohälsa bland unga", "klimatanpassning i kommunerna", "digitala tjänster",
    "tvångstiggeri", "hedersrelaterat våld och förtryck", "organiserad brottslighet",
)  # fmt: skip
WHERE = (
    "inom hälso- och sjukvården", "i skolan", "på nätet", "vid skyddade boenden",
    "i asylprocessen", "inom socialtjänsten", "i hela landet", "i samverkan med civilsamhället",
)  # fmt: skip


class NoEncoder:
    """Random unit vectors from a text's checksum: the place of the encoder, not its quality."""

    name, revision, dimensions = "none", "", DIMENSIONS

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """A row a text."""
        rows = np.empty((len(texts), DIMENSIONS), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[:] = np.random.default_rng(zlib.crc32(text.encode())).random(DIMENSIONS) - 0.5
        return unit_rows(rows)

    def encode_passages(self, texts: Sequence[str], *, progress: object = None) -> Vectors:
        """A row a text."""
        return self.encode_queries(texts)

    def encode_subwords(self, texts: Sequence[str], *, role: Role) -> list[Subwords]:
        """A row a word, which is as many as the real encoder gives telling pieces."""
        words = [text.split() for text in texts]
        every = list(dict.fromkeys(word for some in words for word in some))
        known = dict(zip(every, self.encode_queries(every).astype(np.float16), strict=True))
        return [
            Subwords(np.stack([known[w] for w in some]), np.ones(len(some), np.float32))
            for some in words
        ]


def sentence(chance: random.Random, opening: str) -> str:
    """A sentence of the kind, from parts."""
    parts = (chance.choice(part) for part in (WHAT, ABOUT, WHERE))
    return f"{chance.choice(WHO)} {opening} {' '.join(parts)} och särskilt {chance.choice(ABOUT)}."


def measure(number: int, chance: random.Random) -> Measure:
    """A measure of a title and five sentences."""
    said = [sentence(chance, "ska") for _ in range(5)]
    return Measure(
        id=str(number), document="plan", title=f"Uppdrag om {chance.choice(ABOUT)}",
        type="uppdrag", state="okänd", agencies=(chance.choice(WHO),), other_agencies=(),
        deadlines=(), dnr=(), other_dnr=(), refs=(), amounts=(), text=" ".join(said),
        at=Span(0, 1), span=Span(0, 1), section=(),
        sentences=tuple(Sentence(text, Span(0, 1)) for text in said),
    )  # fmt: skip


def demand(number: int, chance: random.Random) -> Recommendation:
    """A demand of one sentence."""
    return Recommendation(
        id=str(number), document="list", issuer="", addressees=(), strength=None,
        text=sentence(chance, "bör"), language="sv",
    )  # fmt: skip


def used() -> float:
    """Processor seconds of this process and of those it has started and seen end."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(one.ru_utime + one.ru_stime for one in map(resource.getrusage, kinds))


def main(demands: int = 1000, measures: int = 10_000, jobs: int = 1) -> None:
    """Traces and prints what it took."""
    chance = random.Random(20261122)  # noqa: S311 (no secret)
    plan = [measure(number, chance) for number in range(measures)]
    asked = [demand(number, chance) for number in range(demands)]
    encoder = NoEncoder()
    began = time.process_time()
    encoder.encode_passages([s.text for m in plan for s in m.sentences] + [m.title for m in plan])
    encoding = time.process_time() - began
    began, clock = used(), time.perf_counter()
    runner = PoolRunner(jobs) if jobs > 1 else None
    lines = trace(asked, plan, means=Means(encoder), runner=runner)
    took, waited = used() - began - encoding, time.perf_counter() - clock
    kept = sum(len(line.candidates) for line in lines)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{demands} × {measures}, {jobs} processes: {took:.1f} s of processor, {waited:.1f} s, "
        f"{kept} candidates kept, {memory:.0f} MB"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
