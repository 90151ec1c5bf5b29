"""Parts → marks: everything a figure is drawn with, as values without colours."""

from collections.abc import Sequence

from exercises.figures.body.parts import FaceStroke, Part
from exercises.figures.lines.sketches import Fill, InkLine, Painting, trace
from exercises.figures.lines.study import study
from exercises.figures.seen.camera import Camera
from exercises.figures.seen.raster import Field


def paint(parts: Sequence[Part], strokes: Sequence[FaceStroke], occluders: Sequence[Field], camera: Camera) -> Painting:
    """Return the marks of a figure that ``occluders`` (props, the floor) may hide."""
    found = study(parts, strokes, occluders, camera)
    marks = trace([*found.fills, *found.shades, *found.features, *found.lines])
    fills = [mark for mark in marks if isinstance(mark, Fill)]
    flat, tops = fills[: len(found.fills)], fills[len(found.fills) :]
    lines = [mark for mark in marks if isinstance(mark, InkLine)]
    return Painting(
        tuple(mark for mark in flat if mark.path),
        tuple(mark for mark in tops if mark.path),
        tuple(mark for mark in lines if mark.path),
        found.tips,
    )
