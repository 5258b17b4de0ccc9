"""A PDF page as a picture, drawn in a process of its own so that a bad file harms nobody else.

Run as `python -m rodtrad.web.leaf FILE PAGE`; the PNG goes to stdout.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

LONGEST_SIDE = 1600
SECONDS = 20
_AT_A_TIME = BoundedSemaphore(2)


def picture_of(path: Path, page: int) -> bytes | None:
    """The page (from 1) as PNG; None where it cannot be drawn within 20 seconds."""
    command = [sys.executable, "-m", "rodtrad.web.leaf", str(path), str(page)]
    with _AT_A_TIME:
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        except subprocess.TimeoutExpired:
            return None
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"\x89PNG") else None


def draw(path: Path, page: int) -> bytes:
    """The page as PNG, no side longer than 1,600 pixels; errors of the PDF engine go through."""
    import io

    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        leaf = document[page - 1]
        width, height = leaf.get_size()
        scale = min(LONGEST_SIDE / max(width, height, 1), 3)
        image = leaf.render(scale=scale).to_pil()
        buffer = io.BytesIO()
        image.convert("RGB").save(buffer, "PNG")
    finally:
        document.close()
    return buffer.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(Path(sys.argv[1]), int(sys.argv[2])))
