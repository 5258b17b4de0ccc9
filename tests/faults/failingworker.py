"""A PDF worker that fails as the file asks it to, in the way a broken engine would."""

from __future__ import annotations

import os
import time

from rodtrad.ingest import pdfworker
from rodtrad.ingest.pdftext import PdfPage, PdfText


class FailingText(PdfText):
    """Crashes or hangs on a page."""

    def page(self, index: int) -> PdfPage:
        """The page, unless the text on it says otherwise."""
        page = super().page(index)
        if "krascha" in page.text:
            os.abort()
        if "fastna" in page.text:
            time.sleep(600)
        return page


if __name__ == "__main__":
    vars(pdfworker)["PdfText"] = FailingText
    pdfworker.main()
