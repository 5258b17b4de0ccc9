"""Letters of very many points: none is lost, and each keeps its own agency and day."""

from collections.abc import Callable

from rodtrad.datamodel import Document
from rodtrad.statements import Statements

Read = Callable[..., tuple[Document, Statements]]

HEAD = """Regleringsbrev för budgetåret 2023 avseende Kriminalvården

Regeringen beslutar att följande ska gälla under budgetåret 2023 för Kriminalvården.

VERKSAMHET

Uppdrag
"""
POINT = """
{number}. {agency} ska kartlägga område {number} vid anstalterna. Kartläggningen
ska redovisas till Regeringskansliet (Justitiedepartementet) senast den {day} oktober 2023.
"""


def test_points_beyond_ninety_nine_are_points(read: Read) -> None:
    agencies = ("Kriminalvården", "Brottsförebyggande rådet")
    points = [POINT.format(number=n, agency=agencies[n % 2], day=1 + n % 28) for n in range(1, 131)]
    text = HEAD + "".join(points)
    _, found = read(text, kind="regleringsbrev", issuer="Regeringen (Justitiedepartementet)")
    assert [m.id for m in found.measures] == [str(n) for n in range(1, 131)]
    for n, measure in enumerate(found.measures, start=1):
        assert measure.agencies == (agencies[n % 2],)
        assert [d.date for d in measure.deadlines] == [f"2023-10-{1 + n % 28:02}"]
        assert [d.responsible for d in measure.deadlines] == [(agencies[n % 2],)]
