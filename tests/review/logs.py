"""Events, items and logs for the tests."""

from dataclasses import replace

from hypothesis import strategies as st

from rodtrad.review.events import Event
from rodtrad.review.items import End, Items, content_digest

WHEN = "2026-11-22T09:00:00.000000+01:00"


def end(name: str, words: str = "") -> End:
    return End(name, content_digest(words or name), (words or name)[:240])


def items(*ends: End, documents: tuple[str, ...] = ()) -> Items:
    words: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in ends:
        key = (one.document, one.digest)
        words[key] = (*words.get(key, ()), one.id)
    read = frozenset(documents) | {one.document for one in ends}
    return Items({one.id: one for one in ends}, read, words)


ASK, OTHER_ASK = end("greta#R1", "Ge de utsatta skydd."), end("greta#R2", "Utbilda domare.")
PLAN_1, PLAN_2 = end("plan#4.1", "Uppdrag om skydd"), end("plan#4.2", "Uppdrag om boenden")
TODAY = items(ASK, OTHER_ASK, PLAN_1, PLAN_2)


def accept(who: str = "Anna", **fields: object) -> Event:
    base = Event(WHEN, who, "accept", ASK, PLAN_1)
    return replace(base, **fields)  # type: ignore[arg-type]


def reject(who: str = "Anna", **fields: object) -> Event:
    return replace(accept(who), action="reject", **fields)  # type: ignore[arg-type]


def follow_up(who: str = "Anna", **values: str) -> Event:
    return Event(WHEN, who, "follow-up", end=PLAN_1, follow_up=values)


names = st.sampled_from(["Anna", "Bo", "Ö\u0308dla \U0001f512"])
texts = st.text(max_size=30)
asks, plans = st.sampled_from([ASK, OTHER_ASK]), st.sampled_from([PLAN_1, PLAN_2])
verdicts = st.builds(
    Event, st.just(WHEN), names, st.sampled_from(["accept", "reject"]), asks, plans, comment=texts
)
comments = st.builds(
    Event, st.just(WHEN), names, st.just("comment"), asks, comment=texts, department=texts
)
follow_ups = st.builds(
    Event,
    st.just(WHEN),
    names,
    st.just("follow-up"),
    end=plans,
    follow_up=st.dictionaries(st.sampled_from(["status", "note"]), texts, min_size=1),
)
events = st.one_of(verdicts, comments, follow_ups)
