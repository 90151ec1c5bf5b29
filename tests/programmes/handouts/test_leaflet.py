"""A topic on one page: read back from the PDF, for every topic of the library, on both papers, and who may print it."""

import io
import re

import page
import pikepdf
import pytest
from django.conf import settings
from django.urls import reverse

from exercises.figures import STATIC
from exercises.library.topic_files import load_topics
from exercises.models import Topic
from hipcare.audit.models import Entry
from programmes.handouts import topic_leaflet as leaflets
from programmes.handouts.renderer.messages import Job
from programmes.handouts.renderer.pool import RendererError
from programmes.handouts.renderer.press import LAYOUTS, Press
from programmes.handouts.topic_leaflet import UnsignedTopicError, job_of_leaflet, leaflet_of, print_leaflet
from programmes.models import Handout
from tests.factories import (
    ClinicFactory,
    LeadFactory,
    PatientFactory,
    PhysioFactory,
    TopicFactory,
    given_version,
    sign,
)
from tests.programmes.handouts.sheets import PlainRenderer, pages_of, press
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db

SAMPLE = "Sample: no physiotherapist has signed this."
A4, LETTER = (595, 842), (612, 792)
LONGEST = {  # as many words, headings, bullets and sources as a topic of the library may have
    "title": "What can I do about a hip that hurts on a bad day, at night?",
    "summary": "There is a good deal that you can do by yourself, in small steps, and it adds up in weeks and months.",
    "sections": [
        {
            "title": f"What is part {number} about?",
            "paragraphs": [
                "Take it slowly. See how your hip is the next day. Then do a little more, if that is all right."
            ],
            "bullets": ["Put a pillow between your knees."] * 2,
        }
        for number in range(6)
    ],
    "sources": [
        {
            "title": "Education plus exercise versus corticosteroid injection use versus a wait and see approach",
            "who": "Mellor and others, British Medical Journal",
            "year": "2018",
            "at": f"https://doi.org/10.1136/bmj.k{number}",
            "read_on": "2026-11-29",
        }
        for number in range(6)
    ],
}


def leaflet_pdf(topic, by, to=None):
    return (to or press()).pdf(job_of_leaflet(leaflet_of(topic, by))).pdf


def on_letter():
    """Return a renderer whose leaflets are set on US Letter."""
    made = Press(STATIC, settings.FIGURES_DIR)
    css = (LAYOUTS / "leaflet.css").read_text()
    assert css.count("size: A4") == 1
    made._styles["leaflet"] = made._style(_Text(LAYOUTS / "leaflet.css", css.replace("size: A4", "size: Letter")))
    return made


class _Text:
    """A style sheet that says something else than its file."""

    def __init__(self, path, text):
        self.stem, self._text = path.stem, text

    def read_text(self, **_options):
        return self._text


def signed_topic(lead, **fields):
    topic = TopicFactory(**fields)
    sign(lead.clinic, topic)
    return topic


def size_of(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return tuple(round(float(side)) for side in opened.pages[0].mediabox[2:])


@pytest.fixture
def made_up(lead):
    lead.clinic.is_demo = True
    lead.clinic.save()
    return lead


def test_every_topic_is_one_page_on_either_paper_and_accessible(made_up):
    load_topics()
    letter = on_letter()
    for topic in Topic.objects.all():
        pdf = leaflet_pdf(topic, made_up)
        (words,) = pages_of(pdf)
        (on_smaller,) = pages_of(leaflet_pdf(topic, made_up, letter))
        assert "".join(on_smaller.split()) == "".join(words.split()), topic.slug
        assert page.is_pdf_compliant_bytes(pdf, profile="ua1"), topic.slug
        said = "".join(words.split())
        for sentence in (topic.title, *topic.read.sentences, topic.read.certainty.label, topic.sure):
            assert "".join(str(sentence).rstrip(".").split()) in said, (topic.slug, sentence)
        for source in topic.read.sources:
            assert "".join(source.in_print.split()) in said
        assert "29 November 2026" in words
        assert "To be checked again by 29 November 2027." in words
    assert size_of(pdf) == A4
    assert size_of(leaflet_pdf(topic, made_up, letter)) == LETTER


def test_longest_topic_there_can_be_is_one_page_on_either_paper(lead):
    topic = signed_topic(lead, **LONGEST)
    assert topic.read.word_count == 250
    assert len(pages_of(leaflet_pdf(topic, lead))) == 1
    assert len(pages_of(leaflet_pdf(topic, lead, on_letter()))) == 1


def test_more_than_a_page_goes_on_to_the_next_and_says_so(lead):
    topic = signed_topic(lead, sections=LONGEST["sections"] * 3)
    pages = pages_of(leaflet_pdf(topic, lead))
    assert [f"Page {number} of {len(pages)}" in words for number, words in enumerate(pages, start=1)] == [True] * len(
        pages
    )
    assert len(pages) > 1


def test_it_says_who_made_it_who_signed_it_and_whom_to_call(lead):
    topic = signed_topic(lead, title="Does tape help?", certainty="some")
    (words,) = pages_of(leaflet_pdf(topic, lead))
    clinic = lead.clinic
    for said in (
        "Does tape help?", "A line about it.", "How sure are we? Some support. One good trial.",
        "Where this comes from",
        "A trial. Nair, 2018. example.org/1", "Read on 29 November 2026.", "The same words for everyone.",
        clinic.name, clinic.address, clinic.phone, f"Is something not clear? Call us: {clinic.phone}.",
        "Does tape help? Version 1.", "Page 1 of 1",
    ):  # fmt: skip
        assert said in words, said
    signature = clinic.signatures.get()
    assert f"Signed by {signature.name}, registered physiotherapist, {signature.registration_number}, on " in words
    assert "Sample" not in words


def test_fonts_are_in_the_file_and_no_letter_is_below_12_point(lead):
    topic = signed_topic(lead)
    with pikepdf.open(io.BytesIO(leaflet_pdf(topic, lead))) as opened:
        fonts = [
            one
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("Sheet" in str(one.FontName) for one in fonts)
        assert all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in fonts)
        assert str(opened.Root.Lang) == "en-GB"
        assert str(opened.docinfo["/Title"]) == topic.title
    css = (LAYOUTS / "leaflet.css").read_text()
    assert min(float(size) for size in re.findall(r"([\d.]+)pt", css)) >= 12
    assert re.findall(r"(?:html|\.\w+) \{ font(?:-size)?: (?:400 )?(1[3-9])pt", css)[-2:] == ["14", "13"], (
        "what is read"
    )


def test_same_topic_is_the_same_file_again(lead):
    topic = signed_topic(lead)
    assert leaflet_pdf(topic, lead) == leaflet_pdf(topic, lead)


def test_clinic_that_prints_in_grey_gets_the_exercise_in_grey(lead):
    topic = signed_topic(lead, picture={"exercise": "bridge", "side": "both", "kind": "end"})
    assert "grey" not in leaflet_of(topic, lead).topic.picture.name
    lead.clinic.prints_in_grey = True
    assert "bridge-both-end-60mm-grey" in leaflet_of(topic, lead).topic.picture.name


def test_words_are_only_words(lead):
    text = "<b>bold</b> & {{ 7|add:7 }} ]]>"
    topic = signed_topic(lead, title=text, summary=text, sections=[{"title": text, "paragraphs": [text]}])
    (words,) = pages_of(leaflet_pdf(topic, lead))
    assert words.count(text) == 5  # the foot too


# Who may print what


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    monkeypatch.setattr(leaflets, "renderer", PlainRenderer())


def printed(person, topic):
    return client_of(person).get(reverse("programmes:leaflet", args=[topic.pk]))


def test_lead_and_physio_print_a_signed_topic_and_nothing_is_recorded(lead):
    topic = signed_topic(lead, slug="taping")
    before = Entry.objects.count()
    for person in (lead, PhysioFactory(clinic=lead.clinic)):
        answer = printed(person, topic)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'inline; filename="taping-v1.pdf"'
        assert Job.from_bytes(answer.content).layout == "leaflet"
    assert not Handout.objects.exists()
    assert Entry.objects.count() == before, "no patient is in it"


def test_patient_other_clinic_and_who_asks_for_a_former_topic_get_none(lead):
    patient = PatientFactory(clinic=lead.clinic)
    own = signed_topic(lead, clinic=lead.clinic)
    given_version(patient=patient, topics=[own])
    assert printed(patient.user, own).status_code == 403
    assert printed(LeadFactory(clinic=ClinicFactory()), own).status_code == 404
    assert printed(lead, signed_topic(lead, retired=True)).status_code == 404


def test_unsigned_topic_is_printed_in_a_made_up_clinic_alone_and_says_so(lead):
    topic = TopicFactory()
    answer = printed(lead, topic)
    assert answer.status_code == 409
    assert "This topic is not signed yet." in answer.content.decode()
    with pytest.raises(UnsignedTopicError):
        print_leaflet(topic=topic, by=lead)
    lead.clinic.is_demo = True
    lead.clinic.save()
    assert SAMPLE in Job.from_bytes(printed(lead, topic).content).markup


def test_a_signature_of_other_words_or_another_clinic_is_none(lead):
    topic = signed_topic(lead)
    stranger = LeadFactory(clinic=ClinicFactory())
    assert printed(stranger, topic).status_code == 409
    topic.summary = "Another line."
    topic.save()
    assert printed(lead, topic).status_code == 409


def test_renderer_that_fails_is_told_and_asked_again(lead, monkeypatch):
    def fail(_job):
        raise RendererError

    monkeypatch.setattr(leaflets.renderer, "render", fail)
    topic = signed_topic(lead)
    answer = printed(lead, topic)
    assert answer.status_code == 503
    assert "The leaflet could not be made." in answer.content.decode()
    assert reverse("programmes:leaflet", args=[topic.pk]) in answer.content.decode()


def test_page_of_a_topic_offers_it_only_where_it_can_be_had(lead):
    topic = TopicFactory()
    client, here = client_of(lead), reverse("exercises:topic", args=[topic.pk])
    address = reverse("programmes:leaflet", args=[topic.pk])
    text = client.get(here).content.decode()
    assert address not in text
    assert "It can be printed when it is signed." in text
    sign(lead.clinic, topic)
    assert address in client.get(here).content.decode()
    Topic.objects.update(retired=True)
    assert address not in client.get(here).content.decode()
