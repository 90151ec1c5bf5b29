"""A frame round a few parts, where a test needs no stage."""

from dataclasses import replace

import numpy as np


def framed(camera, low, high, pad=0.0):
    """Return the camera whose picture holds ``low`` to ``high`` (2,) and ``pad`` px around it, and its size in px."""
    left, top = (int(np.floor(corner - pad)) for corner in low[:2])
    right, bottom = (int(np.ceil(corner + pad)) for corner in high[:2])
    x, y = camera.origin
    return replace(camera, origin=(x + left, y + top)), right - left, bottom - top
