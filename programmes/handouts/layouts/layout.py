"""What a layout says of itself. One stands in a module of its own, beside the template and the style sheet it names."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from programmes.handouts.renderer.messages import SheetPart, Steps

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

TO_READ = "topics"  # the id of the first topic, which is after them
PAGES_OF_A_TOPIC = 3  # at most, in large print; there is nothing to be done about more
HOW_TO_DO_THEM = "how"  # the id, in each layout's template, of what the exercises in full begin with


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out. Its template and its style sheet bear its ``name``, and so does what is archived.

    Where the front needs more pages than ``front_pages``, or the exercises more than there should be, the body of the
    page is given the classes of the next of the ``steps``, which its own style sheet knows.
    """

    name: str
    label: "StrPromise"
    about: "StrPromise"
    """What staff are told of it: paper and size of type."""
    back_line: str
    """How heavy the lines of its pictures are (``exercises.figures``)."""
    front_line: str = "40mm"
    """And those of its small ones."""
    most_pictures_in_front: int = 0
    letters_under_a_picture: int = 0
    """Of a caption in one line; a longer one needs a second."""
    exercises_on_a_page: int = 1
    is_large: bool = False
    front_pages: int = 1
    front_steps: Steps = ()
    back_steps: Steps = ()

    @property
    def template(self) -> str:
        return f"layouts/{self.name}.html"

    def parts(self, exercises: int, topics: int = 0) -> tuple[SheetPart, ...]:
        back_pages = math.ceil(exercises / self.exercises_on_a_page)
        return (
            SheetPart("", self.front_pages, self.front_steps),
            SheetPart(HOW_TO_DO_THEM, back_pages, self.back_steps),
            *([SheetPart(TO_READ, topics * PAGES_OF_A_TOPIC)] if topics else []),
        )
