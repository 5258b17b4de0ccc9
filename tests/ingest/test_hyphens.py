"""Line-end hyphens, each row a real line end of an official text or made after one."""

from __future__ import annotations

import pytest

from rodtrad.ingest.hyphens import Vocabulary, join_lines

NOTHING = Vocabulary([])


@pytest.mark.parametrize(
    ("line", "following", "expected"),
    [
        ("tvångsarbete, slaveri, organ-", "handel eller andra", "drop"),
        ("möjlighet att hälso-", "och sjukvården", "blank"),
        ("såväl social-", "eller arbetsmarknadspolitik", "blank"),
        ("förändringar i EU-", "direktivet", "keep"),
        ("enligt EU:s", "direktiv", "blank"),
        ("ungdomshem och LVM-", "hem", "keep"),
        ("med en 20-", "årig man", "keep"),
        ("Hämtad 2024-04-", "19.", "keep"),
        ("i Norden – ", "och Baltikum", "blank"),
        ("https://nspm.se/exploatering-av-", "ukrainaflyktingar/", "keep"),
        ("https://manniskohandel.se/wp-", "content/uploads", "keep"),
        ("se https://polisen.se/utsatt/", "brott/", "keep"),
        ("se https://polisen.se/utsatt/", "(hämtad 2024-08-06)", "blank"),
        ("ett till-", "lägg i lagen", "single"),
        ("per\u00ad", "sonuppgifter", "drop"),
        ("Nord-", "Sverige", "keep"),
        ("myndig-", "heten", "drop"),
        ("hela raden", "går vidare", "blank"),
        ("", "början", "blank"),
    ],
)
def test_join(line: str, following: str, expected: str) -> None:
    assert join_lines(line.rstrip(), following, NOTHING) == expected


def test_the_document_itself_decides_an_ambiguous_word() -> None:
    words = Vocabulary(["annonser på sex-tjejer och andra sidor", "ett regelverk"])
    assert join_lines("sidan är sex-", "tjejer", words) == "keep"
    assert join_lines("ett nytt regel-", "verk", words) == "drop"


def test_a_word_written_both_ways_is_joined() -> None:
    words = Vocabulary(["regel-verk och regelverk"])
    assert join_lines("regel-", "verk", words) == "drop"
