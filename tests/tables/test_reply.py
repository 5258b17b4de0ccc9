from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from rodtrad.tables.reply import write_reply
from tables import sample
from tables.test_sharing import decided

TITLE = "Assignment to strengthen the work against trafficking in human beings"


@pytest.fixture(scope="module")
def reply(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    path = tmp_path_factory.mktemp("reply") / "reply.docx"
    write_reply(sample.table(), path, translations={"4.4.1": TITLE})
    return [(str(p.style.name), p.text) for p in docx.Document(str(path)).paragraphs if p.style]


def test_one_heading_for_each_recommendation_with_its_articles(
    reply: list[tuple[str, str]],
) -> None:
    headings = [text for style, text in reply if style == "Heading 1"]
    assert headings == [
        "Recommendation 5.7",
        "Recommendation 5.4",
        "Recommendation SE-R3-01 (Articles 10, 12)",
    ]


def test_only_a_supplied_title_is_an_unofficial_translation(reply: list[tuple[str, str]]) -> None:
    bullets = [text for style, text in reply if style == "List Bullet"]
    assert bullets == [
        f"4.3.1 {sample.TITLE_431}",
        f"4.4.1 {sample.TITLE_441} [unofficial translation: {TITLE}]",
    ]


def test_what_colleagues_noted_stays_in_the_house(tmp_path: Path) -> None:
    path = write_reply(decided(), tmp_path / "reply.docx")
    text = "\n".join(p.text for p in docx.Document(str(path)).paragraphs)
    for internal in ("Anna Ek", "Bo Alm", "kollat med Bo", "Eva Berg", "Enheten"):
        assert internal not in text


def test_nothing_is_written_on_the_governments_behalf(reply: list[tuple[str, str]]) -> None:
    texts = [text for _, text in reply]
    assert texts.count("[To be written by the unit in charge.]") == 3
    assert any(text.startswith("No counterpart found in Handlingsplan") for text in texts)
    assert any("passed, no report found" in text for text in texts)


def test_swedish_titles_in_the_english_reply_are_marked_as_swedish(tmp_path: Path) -> None:
    word = docx.Document(str(write_reply(sample.table(language="sv"), tmp_path / "r.docx")))
    swedish = {
        str(mark.getparent().getparent().text)
        for mark in word.element.body.iter(qn("w:lang"))
        if mark.get(qn("w:val")) == "sv-SE"
    }
    assert sample.TITLE_441 in swedish
