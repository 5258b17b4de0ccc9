"""A matrix of 1,000 recommendations and 500 measures in a real browser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.conftest import PATIENCE, served
from rodtrad.pipeline.tracejob import Traced
from rodtrad.web.library import Library
from web.large import enlarged

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
PAIR = "fran=greta&till=handlingsplan-2026-2028"
MOST_NODES = 4_000
MOST_MILLISECONDS = 5_000


@pytest.fixture(scope="module")
def large_site(demo: Path) -> Iterator[str]:
    """The demonstration corpus with its trace made as large as the issue asks."""
    own, made = Library.trace, {}

    def trace(
        self: Library, sources: Sequence[str], targets: Sequence[str], *, as_of: date
    ) -> Traced:
        if as_of not in made:
            found = own(self, sources, targets, as_of=as_of)
            made[as_of] = enlarged(found, recommendations=1000, measures=500)
        return made[as_of]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Library, "trace", trace)
        with served(demo) as address:
            yield address


@pytest.fixture
def sheet(browser: Browser, large_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=large_site, viewport={"width": 1300, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_the_matrix_comes_in_windows_that_show_their_links(sheet: Page) -> None:
    sheet.goto(f"/sparning?{PAIR}&visning=matris")  # traces, once
    sheet.goto(f"/sparning?{PAIR}&visning=matris&sida=17")
    assert sheet.locator("table.map tbody tr").count() == 25
    assert sheet.locator("table.map thead th").count() == 61
    assert "Kolumnfönster 1 av 9" in sheet.locator("main").inner_text()
    assert "Sida 17 av 40" in sheet.locator("main").inner_text()
    assert sheet.locator("table.map td a").count() >= 10
    assert sheet.evaluate("document.querySelectorAll('*').length") < MOST_NODES
    spent = sheet.evaluate(
        "(() => { const t = performance.getEntriesByType('navigation')[0];"
        " return t.domComplete - t.startTime; })()"
    )
    assert spent < MOST_MILLISECONDS


def test_the_matrix_is_walked_by_keyboard(sheet: Page) -> None:
    sheet.goto(f"/sparning?{PAIR}&visning=matris")
    sheet.get_by_role("link", name="Nästa kolumner").focus()
    sheet.keyboard.press("Enter")
    sheet.wait_for_url("**kolumn=2*")
    sheet.get_by_role("link", name="Nästa", exact=True).focus()
    sheet.keyboard.press("Enter")
    sheet.wait_for_url("**sida=2*")
    square = sheet.locator("table.map td a").first
    square.focus()
    sheet.keyboard.press("Enter")
    sheet.wait_for_url("**#r*")
    assert sheet.locator("article:target").count() == 1
