"""Keeping an encoder inside the process that loaded it."""

from __future__ import annotations

import os

from rodtrad.retrieval.encoders.port import EncoderError


def refuse_forked(owner: int) -> None:
    """Refuse to go on in a forked child of the process `owner` (its id).

    The libraries below keep pools of threads; a fork copies the pool without its threads, and the
    next call waits for them for ever.

    Raises:
        EncoderError: this is not the process that loaded the encoder.
    """
    if os.getpid() != owner:
        raise EncoderError(
            "An encoder was carried over a fork, where it would hang; open one in each process, "
            'and start processes with multiprocessing\'s "spawn".'
        )
