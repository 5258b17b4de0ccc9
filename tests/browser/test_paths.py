"""What people do, in a real browser."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from browser.conftest import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
AXE = find_spec("axe_playwright_python")
PAIR = "fran=greta&till=handlingsplan-2026-2028"
PAGES = (
    "/",
    "/sok?q=bet%C3%A4nketid",
    "/dokument/handlingsplan-2026-2028",
    f"/sparning?{PAIR}&status=covered",
    f"/sparning?{PAIR}&visning=matris",
    f"/sparning?{PAIR}&visning=bilder&namn=dolj&delning=ja",
    f"/luckor?{PAIR}&sida=2&styrka=consider",
    "/tidsfrister",
    "/tidsfrister?visning=tidslinje",
    "/jamfor?utfall=continued",
    "/kedja",
    "/kedja?post=handlingsplan-2026-2028%234.4.1",
    "/lagg-till",
    "/granska",
    "/tillganglighet",
)


def test_the_officer_s_path_from_search_to_excel(tab: Page, tmp_path: Path) -> None:
    tab.goto("/")
    tab.get_by_role("searchbox").fill("betänketid")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/sok?q=*")
    assert "träff" in tab.get_by_role("status").inner_text()
    tab.locator("ol.hits a").first.click()
    tab.wait_for_url("**/dokument/**#plats")
    mark = tab.locator("#plats")
    assert mark.is_visible()
    box = mark.bounding_box()
    assert box
    assert 0 <= box["y"] < 900
    tab.get_by_role("link", name="Spårning", exact=True).click()
    tab.locator("dl.counts a").first.click()
    shown = [h.split()[0] for h in tab.locator("article h3").all_inner_texts()]
    with tab.expect_download() as waiting:
        tab.get_by_role("link", name="Excel").click()
    path = tmp_path / "sparning.xlsx"
    waiting.value.save_as(path)
    book = openpyxl.load_workbook(path)
    cells = {c for sheet in book for row in sheet.values for c in row if isinstance(c, str)}
    assert shown
    assert set(shown) <= cells


def test_a_review_by_keyboard_alone(tab: Page) -> None:
    tab.goto(f"/granska?{PAIR}")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#main"
    tab.locator("#namn").focus()
    tab.keyboard.press("Control+A")
    tab.keyboard.type("Åsa Öberg")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("text=Granskare: Åsa Öberg. Nr 1 av")
    tab.keyboard.press("k")
    tab.keyboard.type("axb")
    assert tab.locator("#kommentar").input_value() == "axb"
    tab.locator("#kommentar").evaluate("field => field.blur()")
    tab.keyboard.press("a")
    tab.wait_for_url("**klart=accept*")
    assert "Sparat: godtaget." in tab.get_by_role("status").inner_text()
    assert "Nr 2 av" in tab.locator("main").inner_text()
    tab.keyboard.press("p")
    tab.wait_for_selector("text=Nr 1 av")
    assert "axb" in tab.locator("article").inner_text()
    tab.keyboard.press("z")
    tab.wait_for_url("**klart=undo*")
    assert "inget beslut" in tab.locator("article").inner_text().lower()
    tab.get_by_role("link", name="Stäng av tangenterna").click()
    tab.wait_for_url("**tangenter=av*")
    before = tab.url
    tab.keyboard.press("x")
    tab.wait_for_timeout(200)
    assert tab.url == before


def test_a_document_is_sent_in_and_followed(tab: Page, tmp_path: Path) -> None:
    path = tmp_path / "Notis om dagvatten.txt"
    path.write_text("Notis\n\nBoverket ska redovisa dagvattnet senast den 1 maj 2027.\n", "utf-8")
    tab.goto("/lagg-till")
    tab.set_input_files("#file", path)
    tab.get_by_role("button", name="Lägg till").click()
    tab.wait_for_selector("text=Klart: dokumentet")
    tab.get_by_role("link", name="Läs dokumentet").click()
    assert "dagvattnet" in tab.locator(".text").inner_text()


def test_a_bad_pdf_gets_one_sentence(tab: Page, tmp_path: Path) -> None:
    path = tmp_path / "trasig.pdf"
    path.write_bytes(b"%PDF-1.4\nnothing")
    tab.goto("/lagg-till?lang=en")
    tab.set_input_files("#file", path)
    tab.get_by_role("button", name="Add").click()
    tab.wait_for_selector("[role=alert]")
    assert "trasig.pdf" in tab.get_by_role("alert").inner_text()


@pytest.mark.skipif(AXE is None, reason="axe-playwright-python is not installed")
def test_axe_finds_nothing_serious_and_pages_reflow(tab: Page) -> None:
    """1,280 pixels at 400 % are 320: nothing but what scrolls in its own frame is wider."""
    from axe_playwright_python.sync_playwright import Axe

    tab.goto("/granska/namn")
    tab.fill("#namn", "Bo")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("text=Granskare: Bo")
    for address in PAGES:
        tab.set_viewport_size({"width": 1300, "height": 900})
        tab.goto(address)
        # Only what is wrong is written out: lists of all that passed take most of the time.
        found = Axe().run(tab, options={"resultTypes": ["violations"]}).response["violations"]
        serious = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found
                   if v["impact"] in ("serious", "critical")]  # fmt: skip
        assert serious == [], address
        tab.set_viewport_size({"width": 320, "height": 640})
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_plans_are_compared_and_a_chain_followed(tab: Page, tmp_path: Path) -> None:
    tab.goto("/")
    tab.get_by_role("link", name="Jämför", exact=True).click()
    tab.get_by_label("Tidigare").select_option("handlingsplan-2018")
    tab.get_by_label("Senare").select_option("handlingsplan-2026-2028")
    tab.get_by_role("button", name="Jämför").click()
    tab.get_by_role("link", name="Ändrad").click()
    tab.wait_for_url("**utfall=changed*")
    article = tab.locator("article").first
    assert article.locator("blockquote").count() == 2
    article.locator("summary").first.click()
    assert article.locator("blockquote .rest").first.is_visible()
    with tab.expect_download() as waiting:
        tab.get_by_role("link", name="Excel").click()
    path = tmp_path / "jamforelse.xlsx"
    waiting.value.save_as(path)
    rows = list(openpyxl.load_workbook(path).worksheets[0].values)
    assert {row[0] for row in rows[1:]} == {"Ändrad"}
    article.get_by_role("link", name="Följ kedjan").last.click()
    tab.wait_for_url("**/kedja?post=*")
    assert tab.locator("h1").inner_text().startswith("Kedjan för")


def test_pictures_are_opened_and_saved(tab: Page, tmp_path: Path) -> None:
    tab.goto(f"/sparning?{PAIR}")
    tab.get_by_role("link", name="Bilder").click()
    tab.wait_for_url("**visning=bilder*")
    areas = tab.locator("section#areas")
    assert areas.get_by_role("img").is_visible()
    areas.locator("summary").click()
    assert areas.locator("tbody tr").first.is_visible()
    with tab.expect_download() as waiting:
        areas.get_by_role("link", name="PNG").click()
    waiting.value.save_as(tmp_path / "areas.png")
    assert (tmp_path / "areas.png").read_bytes().startswith(b"\x89PNG")
    tab.goto("/dokument/handlingsplan-2026-2028")
    tab.locator("details.counted > summary").click()
    assert tab.locator("details.counted").get_by_role("img").is_visible()


def test_focus_can_be_seen_everywhere(tab: Page) -> None:
    tab.goto("/sok?q=barn")
    seen = 0
    for _ in range(25):
        tab.keyboard.press("Tab")
        outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", tab.evaluate("document.activeElement.outerHTML")
        seen += 1
    assert seen == 25


def test_reading_and_searching_need_no_script(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    tab.goto("/sok")
    tab.fill("#q", "exit programmes")
    tab.click("button[type=submit]")
    tab.wait_for_url("**/sok?q=exit*")
    tab.locator("ol.hits a").first.click()
    assert tab.locator("mark.found").count()
    context.close()


def test_english_keeps_to_english(tab: Page) -> None:
    tab.goto("/")
    tab.get_by_role("link", name="English").click()
    for name in (
        "Search",
        "Tracing",
        "Gaps",
        "Deadlines",
        "Compare",
        "Chains",
        "Review",
        "Add",
        "Accessibility",
    ):
        tab.get_by_role("link", name=name, exact=True).first.click()
        assert tab.evaluate("document.documentElement.lang") == "en"


def test_print_leaves_the_menus_out(tab: Page) -> None:
    tab.goto("/dokument/handlingsplan-2026-2028")
    tab.emulate_media(media="print")
    assert not tab.locator("header.top").is_visible()
    assert not tab.locator(".outline").is_visible()
    assert tab.locator(".text").is_visible()


def test_text_has_enough_contrast_in_the_dark_look(tab: Page) -> None:
    """4.5 to 1 for every text on a plain ground (WCAG 1.4.3); axe looks at the light one."""
    tab.emulate_media(color_scheme="dark")
    script = """() => {
      const light = (c) => { const v = c / 255; return v <= 0.03928 ? v / 12.92
        : Math.pow((v + 0.055) / 1.055, 2.4); };
      const parts = (s) => s.match(/[\\d.]+/g).map(Number);
      const lum = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
      const ground = (node) => { for (let n = node; n; n = n.parentElement) {
        const c = parts(getComputedStyle(n).backgroundColor);
        if (c.length < 4 || c[3] > 0) { return c; } } return [255, 255, 255]; };
      const bad = [];
      for (const node of document.querySelectorAll('body *')) {
        const own = [...node.childNodes].some(n => n.nodeType === 3 && n.data.trim());
        if (!own || node.closest('svg') || !node.checkVisibility()) { continue; }
        const a = lum(parts(getComputedStyle(node).color)), b = lum(ground(node));
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) { bad.push(ratio.toFixed(2) + ' ' + node.outerHTML.slice(0, 90)); }
      }
      return bad;
    }"""
    for address in PAGES:
        tab.goto(address)
        assert tab.evaluate(script) == [], address
