"""What is asked of a whole document at every sentence is worked out once."""

from collections.abc import Callable

from rodtrad.datamodel import Document
from rodtrad.statements import Statements
from rodtrad.statements.reading import Reading, asked_once

Read = Callable[..., tuple[Document, Statements]]


def test_an_answer_is_kept_with_its_reading_alone(read: Read) -> None:
    asked: list[str] = []

    @asked_once
    def words(reading: Reading) -> int:
        asked.append(reading.document.text)
        return len(reading.document.text.split())

    one, other = (Reading(read(text)[0], (), ()) for text in ("ett två", "ett två tre"))
    assert [words(one), words(other), words(one), words(other)] == [2, 3, 2, 3]
    assert len(asked) == 2
