"""A topic on one page, for anybody to take along.

Nobody's name is on it, and it is made of the library's words alone: nothing of it is archived or recorded, and it is
the same file each time as long as topic, signature and letterhead are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from exercises.ahead import make_ready
from exercises.library.signing import standings
from exercises.models import Topic
from exercises.pictures import Style
from exercises.signatures import Signature
from hipcare.clinics.models import User
from hipcare.moments import full_date
from programmes.handouts.content import Look, topic_block
from programmes.handouts.layouts import LEAFLET
from programmes.handouts.proof import markup_of
from programmes.handouts.renderer.messages import Job, Rendered
from programmes.handouts.renderer.pool import renderer
from programmes.handouts.sheet import Letterhead, TopicBlock, around_page_numbers
from programmes.unsigned import SAMPLE


class UnsignedTopicError(Exception):
    """No physiotherapist has signed the topic as it is, and the clinic is not a made-up one."""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """Everything on it, in reading order."""

    letterhead: Letterhead
    topic: TopicBlock
    sources: Sequence[str]
    """As the topic has them, save the day: where all were read on one, it stands once."""
    read_on: str
    signed: str
    """By whom; or, in a made-up clinic, that nobody has."""
    text_version: int

    @property
    def foot(self) -> str:
        return _("%(title)s Version %(number)s.") % {"title": self.topic.title, "number": self.text_version}

    @property
    def around_page_numbers(self) -> tuple[str, str, str]:
        return around_page_numbers()


def print_leaflet(*, topic: Topic, by: User) -> Rendered:
    """Return the leaflet of ``topic``. Raises ``UnsignedTopicError``, and ``RendererError`` when none could be made."""
    with translation.override(topic.language):
        leaflet = leaflet_of(topic, by)
        make_ready([leaflet.topic.picture.figure])  # before the renderer's time begins
        return renderer.render(job_of_leaflet(leaflet))


def leaflet_of(topic: Topic, by: User) -> Leaflet:
    clinic = by.clinic
    (standing,) = standings(by, [topic])
    if standing.signature is None and not clinic.is_demo:
        raise UnsignedTopicError
    block = topic_block(topic.read, Look(Style().person, clinic.prints_in_grey), LEAFLET)
    days = {one.read_on for one in topic.read.sources}
    is_one_day = len(days) == 1
    return Leaflet(
        letterhead=Letterhead(clinic.name, clinic.address, clinic.phone, clinic.opening_hours),
        topic=block,
        sources=[one.in_print for one in topic.read.sources] if is_one_day else block.sources,
        read_on=full_date(days.pop()) if is_one_day else "",
        signed=signed_by(standing.signature) if standing.signature else str(SAMPLE),
        text_version=topic.text_version,
    )


def signed_by(signature: Signature) -> str:
    return _("Signed by %(name)s, registered physiotherapist, %(number)s, on %(day)s.") % {
        "name": signature.name,
        "number": signature.registration_number,
        "day": full_date(signature.signed_on),
    }


def job_of_leaflet(leaflet: Leaflet) -> Job:
    return Job(
        markup=markup_of(LEAFLET, leaflet=leaflet),
        pictures=(leaflet.topic.picture.name,),
        layout=LEAFLET.name,
        parts=LEAFLET.parts(exercises=0),
    )
