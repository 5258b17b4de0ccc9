"""Array types and the small arithmetic that features share."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
_MOST = np.float32(3.0)


def unit_rows(matrix: Floats) -> Floats:
    """Rows of length 1; a row of zeros stays zero."""
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.where(norms > 0, norms, 1.0), np.float32)


def standardise_rows(matrix: Floats) -> Floats:
    """Each row with mean 0 and deviation 1; a row of equal values becomes zero."""
    centred = matrix - matrix.mean(axis=1, keepdims=True)
    spread = matrix.std(axis=1, keepdims=True)
    return np.asarray(centred / np.where(spread > 1e-6, spread, 1.0), np.float32)


def relative_rows(matrix: Floats) -> Floats:
    """Rows standardised, nothing counted as more than three deviations above the mean.

    One rare word in common stands out by six deviations; it must not outvote all else.
    """
    return np.minimum(standardise_rows(matrix), _MOST)
