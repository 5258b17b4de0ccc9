import json

import pytest

from rodtrad.datamodel import (
    Amount,
    Candidate,
    Document,
    Evidence,
    Mention,
    MetadataValue,
    Page,
    Section,
    Span,
    Stance,
    TraceLine,
)
from rodtrad.datamodel.cleantext import whole
from rodtrad.tables.records import (
    document_record,
    measure_record,
    mention_record,
    recommendation_record,
    section_record,
    stance_record,
    trace_record,
)
from tables import sample

TRACE_FIELDS = {"id", "document", "text", "strength", "status", "links", "candidates", "gap"}
EVIDENCE_FIELDS = {"document", "quote", "start", "end", "page", "section"}


def paged() -> Document:
    text = "Första sidan.\nAndra sidan: Brå ska redovisa."
    pages = (Page(1, "i", 0, 14), Page(2, "1", 14, len(text)))
    facts = (
        MetadataValue("title", "Ett beslut", "catalogue"),
        MetadataValue("dnr", "Ju2025/01324", "document", Span(0, 6)),
    )
    return Document("beslut", "regeringsuppdrag", "sv", text, whole(text), (), pages,
                    metadata=facts)  # fmt: skip


def null_lists(value: object) -> bool:
    """Whether a list field of a record, however deep, is null."""
    lists = {"links", "candidates", "signals", "section", "best_rejected", "agencies", "dnr",
             "deadlines", "amounts", "parts", "refs", "addressees", "wishes", "flags", "errors",
             "context", "other_agencies", "other_dnr"}  # fmt: skip
    if isinstance(value, dict):
        if any(value[name] is None for name in lists & value.keys() if name != "dnr"):
            return True
        return any(null_lists(part) for part in value.values())
    return isinstance(value, list) and any(null_lists(part) for part in value)


def test_a_trace_record_has_the_fields_of_the_contract() -> None:
    for line in sample.lines():
        record = trace_record(line)
        assert record.keys() >= TRACE_FIELDS
        for candidate in record["candidates"]:
            assert candidate["evidence"]["from"].keys() >= EVIDENCE_FIELDS
            assert candidate["evidence"]["to"].keys() >= EVIDENCE_FIELDS
        assert not null_lists(record)
        assert json.loads(json.dumps(record)) == record


def test_every_quote_of_a_trace_is_the_slice_of_its_source() -> None:
    quotes = 0
    for line in sample.lines():
        record = trace_record(line)
        ends = [end for c in record["candidates"] for end in c["evidence"].values()]
        for evidence in ends + record["context"]:
            if evidence["quote"] is not None:
                source = sample.source_text(evidence["document"])
                assert source[evidence["start"] : evidence["end"]] == evidence["quote"]
                quotes += 1
            else:
                assert evidence["summary"]
    assert quotes == 8


def test_links_are_the_accepted_candidates() -> None:
    record = trace_record(sample.lines()[2])
    assert [c["measure"] for c in record["candidates"]] == ["4.4.1", "4.3.1"]
    assert [c["measure"] for c in record["links"]] == ["4.4.1"]


def test_a_gap_says_what_was_searched_and_what_came_closest() -> None:
    record = trace_record(sample.lines()[1])
    assert record["gap"]["searched"].startswith("Handlingsplan mot prostitution")
    assert record["gap"]["best_rejected"] == ["4.3.9"]
    assert record["gap"]["expected_misses"] == 0.3


@pytest.mark.parametrize("accepted_at", [0, 99, 100, 250])
def test_at_most_100_candidates_but_every_accepted_one(accepted_at: int) -> None:
    nothing = Evidence("d", "q", 0, 1, None, ())
    candidates = tuple(
        Candidate(str(rank), "d", 0.5, 1, False, rank == accepted_at, (), nothing, nothing)
        for rank in range(300)
    )
    record = trace_record(TraceLine("1", "d", "x", None, "partly", candidates))
    names = [int(c["measure"]) for c in record["candidates"]]
    assert len(names) == 100
    assert accepted_at in names
    assert names == sorted(names)
    assert [c["measure"] for c in record["links"]] == [str(accepted_at)]


def test_a_measure_has_pairs_kronor_and_a_verbatim_quote() -> None:
    exits = sample.measures()[0]
    with_money = Amount(1_500_000, "SEK", "given", exits.deadlines[0].span)
    record = measure_record(sample.replaced(exits, amounts=(with_money,)), sample.plan_document())
    assert record["deadlines"] == [
        ["slutredovisning", "2027-02-26"],
        ["slutredovisning", "2029-03-01"],
    ]
    assert record["amounts"] == [1_500_000]
    assert record["amount_details"][0]["role"] == "given"
    assert record["deadline_details"][0]["quote"] == "den 26 februari 2027"
    source = sample.source_text(sample.PLAN)
    assert record["quote"] == source[record["start"] : record["end"]]
    assert record["quote"].startswith("4.3.1 Uppdrag till flera myndigheter")
    assert record["page"] is None
    assert not null_lists(record)


def test_a_summarised_recommendation_has_no_quote_and_no_offsets() -> None:
    record = recommendation_record(sample.recommendations()[2])
    assert record["quote"] is None
    assert record["start"] is None
    assert record["summary"] == sample.REMEDY
    assert record["strength"] == "urge"


def test_a_document_says_where_its_values_come_from() -> None:
    record = document_record(paged(), path="sources/beslut.txt", sha256="00")
    assert record["title"] == "Ett beslut"
    assert record["origins"] == {"title": "catalogue", "dnr": "document"}
    assert record["pages"] == 2
    assert record["date"] is None
    assert record["errors"] == []


def test_mentions_stances_and_sections_carry_page_and_slice() -> None:
    document = paged()
    span = Span(document.source.index("Brå"), document.source.index("Brå") + 3)
    mention = Mention("AGENCY", "Brå", "Brottsförebyggande rådet", span, span, "test.v1",
                      "doubtful", "okänd form")  # fmt: skip
    record = mention_record(mention, document, section=("1 Inledning",))
    assert document.source[record["start"] : record["end"]] == record["surface"]
    assert (record["page"], record["section"]) == (2, ["1 Inledning"])
    assert (record["certainty"], record["reason"]) == ("doubtful", "okänd form")
    stance = Stance("svar", "sou", "6.2", "tillstyrker", span, ())
    assert stance_record(stance, document)["quote"] == "Brå"
    section = Section(0, None, "1", "Inledning", 1, span, span, span, 2, "1")
    assert section_record(section, document)["printed_page"] == "1"
