"""How E bends: its second derivatives, from differences of the gradient."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tutor.numeric.batch import Array
from tutor.plots.landscape import Landscape

Places = npt.NDArray[np.intp]

STEP = 1e-4
"""of the differences"""


def hessian(land: Landscape, places: Places, weights: Array) -> Array:
    """The second derivatives at weights (n, P) along some of them, (n, p, p), from central
    differences of the gradient."""
    shift = np.zeros((places.size, land.point.size))
    shift[np.arange(places.size), places] = STEP
    around = np.stack([weights[:, None] + shift, weights[:, None] - shift])
    above, below = land.gradient(around)[..., places]
    found = (above - below) / (2 * STEP)
    return np.asarray((found + found.swapaxes(-1, -2)) / 2)
