"""The page as a browser shows it: printed by Chromium, checked by axe where both are there."""

import json
import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pypdf
import pytest

from rodtrad.tables.areas import area_map
from rodtrad.tables.figures import coverage_map, deadline_timeline, link_network
from rodtrad.tables.writers import table_text, write_table
from tables import sample
from tables.test_sharing import decided

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
AXE = find_spec("axe_playwright_python")
# The checks of the project must not pass because a program is missing: there the tests fail.
MUST_RUN = os.environ.get("CI") == "true"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None and not MUST_RUN, reason="Chromium is not installed"),
]


def chromium(page: Path, *options: str) -> str:
    assert CHROMIUM, "install Chromium: apt-get install chromium"
    profile = page.parent / "profile"
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu",
               f"--user-data-dir={profile}", *options, page.as_uri()]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, timeout=120)
    return done.stdout.decode("utf-8")


def test_the_page_prints_on_a4_lying_down(tmp_path: Path) -> None:
    page = write_table(sample.table(), tmp_path / "tabell.html")
    chromium(page, "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'tabell.pdf'}")
    reader = pypdf.PdfReader(tmp_path / "tabell.pdf")
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (297, 210)
    text = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
    assert "Ingen motsvarighet hittad i Handlingsplan" in text
    assert f"({len(reader.pages)})" in text


@pytest.mark.skipif(
    AXE is None and not MUST_RUN, reason="axe-playwright-python is not installed (extra: dev)"
)
@pytest.mark.parametrize("name", ["table", "decided", "timeline", "coverage", "areas", "network"])
def test_axe_finds_no_violation(name: str, tmp_path: Path) -> None:
    pages = {
        "table": lambda: write_table(sample.table(), tmp_path / "t.html").read_text("utf-8"),
        "timeline": deadline_timeline(sample.deadline_records(), as_of=sample.AS_OF).html,
        "decided": lambda: table_text(decided(), ".html"),
        "coverage": coverage_map(sample.table()).html,
        "areas": area_map(sample.table()).html,
        "network": link_network(sample.table()).html,
    }
    assert AXE, "install axe: pip install axe-playwright-python"
    assert AXE.origin
    script = (Path(AXE.origin).parent / "axe.min.js").read_text("utf-8")
    script = script.replace("</script>", "<\\/script>")
    ending = (
        f'<pre id="found"></pre><script>{script}</script><script>axe.run().then(r => '
        'document.getElementById("found").textContent = '
        "JSON.stringify(r.violations.map(v => v.id + ' ' + v.nodes[0].html)))</script></body>"
    )
    checked = tmp_path / "checked.html"
    checked.write_text(pages[name]().replace("</body>", ending), "utf-8")
    shown = chromium(checked, "--virtual-time-budget=20000", "--dump-dom")
    found = re.search(r'<pre id="found">(.*?)</pre>', shown, re.DOTALL)
    assert found
    assert json.loads(found[1]) == []
