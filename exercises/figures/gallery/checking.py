"""Whether poses can be drawn as they are: files that can be read, figures that reach, touch and bend as they should."""

from collections.abc import Collection, Iterable, Sequence

from exercises.figures.body.parts import Part
from exercises.figures.body.people import DEFAULT, PEOPLE
from exercises.figures.body.whole import Footwear, build
from exercises.figures.checks.bends import straightened
from exercises.figures.checks.contacts import findings
from exercises.figures.gallery.processes import each_done
from exercises.figures.pose.movements import read
from exercises.figures.pose.schema import PoseError
from exercises.figures.skeleton.solving import Skeleton


class FaultyPoseError(Exception):
    """Poses that are not to be drawn as they are: a line for each fault, with file, key and what to do."""

    def __init__(self, faults: Collection[str]) -> None:
        super().__init__("\n".join(faults))


def unread(slug: str) -> tuple[str, ...]:
    try:
        read(slug)
    except PoseError as problem:
        return tuple(str(problem).splitlines())
    return ()


def refuse_unread(slugs: Iterable[str]) -> None:
    """Raise ``FaultyPoseError`` where a pose file cannot be read."""
    if unreadable := [line for slug in slugs for line in unread(slug)]:
        raise FaultyPoseError(unreadable)


def faults(slug: str) -> tuple[str, ...]:
    """Return everything amiss in a pose: in its file, or else in the figure, with whichever leg it is drawn."""
    if unreadable := unread(slug):
        return unreadable
    movement = read(slug)

    def dress(skeleton: Skeleton) -> Sequence[Part]:
        return build(skeleton, PEOPLE[DEFAULT], Footwear(movement.feet)).parts

    found = (*straightened(movement), *findings(movement, dress))
    return found or (findings(movement, dress, mirrored=True) if movement.legs == "one" else ())


def refuse_faulty(slugs: Collection[str], jobs: int) -> None:
    if found := sorted(line for lines in each_done(faults, sorted(slugs), jobs) for line in lines):
        raise FaultyPoseError(found)
