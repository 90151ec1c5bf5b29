"""Flat factories: only what a row needs. A test spells out whatever it asserts on."""

import datetime as dt
import os
import uuid

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from exercises.models import Exercise, Signature, Topic, UsualDose
from exercises.sides import SideMode
from exercises.signatures import words_digest
from hipcare.clinics.models import Clinic, Device, Patient, TextSignature, User
from hipcare.clinics.services.texts import wording_of
from programmes.models import (
    Pause,
    PerformedExercise,
    Phase,
    Prescription,
    Programme,
    Session,
    Template,
    TemplateItem,
    Version,
)
from programmes.models.rhythm import DAYS_FIELDS, RHYTHM_FIELDS, TIMES_FIELDS
from programmes.services.measuring import Sayings, keep_measurement
from programmes.services.summaries import renew_summary

MAKER = os.getpid()  # several processes may fill one database, and what is shared has a slug of its own


class ClinicFactory(DjangoModelFactory):
    class Meta:
        model = Clinic

    name = factory.Sequence("Clinic {}".format)
    address = "1 Test Street, Testbridge"
    phone = "01632 960 118"
    opening_hours = "Monday to Friday, 8am to 6pm"


class PhysioFactory(DjangoModelFactory):
    class Meta:
        model = User

    clinic = factory.SubFactory(ClinicFactory)
    role = User.Role.PHYSIOTHERAPIST
    name = "Priya Nair"
    email = factory.Sequence("physio{}@example.org".format)


class LeadFactory(PhysioFactory):
    role = User.Role.LEAD
    name = "Lee Ferreira"
    email = factory.Sequence("lead{}@example.org".format)


class PatientUserFactory(DjangoModelFactory):
    class Meta:
        model = User

    clinic = factory.SubFactory(ClinicFactory)
    role = User.Role.PATIENT
    name = "Margaret"
    email = None


class PatientFactory(DjangoModelFactory):
    """A patient of ``clinic``, with a physiotherapist of the same clinic."""

    class Meta:
        model = Patient

    clinic = factory.SubFactory(ClinicFactory)
    user = factory.SubFactory(PatientUserFactory, clinic=factory.SelfAttribute("..clinic"))
    physiotherapist = factory.SubFactory(PhysioFactory, clinic=factory.SelfAttribute("..clinic"))
    first_name = "Margaret"
    last_name = factory.Sequence("Ellis{}".format)
    date_of_birth = dt.date(1955, 3, 4)
    affected_side = Patient.HipSide.RIGHT
    condition = "Hip osteoarthritis"
    hip_precautions = Patient.Precautions.NONE


class DeviceFactory(DjangoModelFactory):
    class Meta:
        model = Device

    patient = factory.SubFactory(PatientFactory)
    name = "Phone, Chrome"
    session_key = "none"


class ExerciseFactory(DjangoModelFactory):
    """A shared exercise."""

    class Meta:
        model = Exercise

    slug = factory.Sequence(f"exercise-{MAKER}-{{}}".format)
    name = factory.Sequence("Exercise {}".format)
    position = Exercise.Position.STANDING
    kind = Exercise.Kind.STRENGTH
    side_mode = SideMode.EACH_SIDE
    start_position = "Stand tall."
    steps = ["Hold a heavy chair.", "Lift your {leg} knee.", "Lower it slowly."]
    why = "Helps you climb stairs."
    stop_if = ["your hip pinches"]
    start_alt = "Standing tall, one hand on a chair."
    end_alt = "The {leg} knee is lifted."
    movement_alt = "The {leg} knee lifts and comes down."


class UsualDoseFactory(DjangoModelFactory):
    """The clinic's own usual dose of an exercise."""

    class Meta:
        model = UsualDose

    exercise = factory.SubFactory(ExerciseFactory)
    changed_by = factory.SubFactory(PhysioFactory)
    clinic = factory.SelfAttribute("changed_by.clinic")
    sets = 3
    reps = 12


class TopicFactory(DjangoModelFactory):
    """A shared topic."""

    class Meta:
        model = Topic

    slug = factory.Sequence(f"topic-{MAKER}-{{}}".format)
    about = "living"
    title = factory.Sequence("Topic {}?".format)
    summary = "A line about it."
    sections = [{"title": "What it is", "paragraphs": ["It is this."], "bullets": ["Do a little.", "Then rest."]}]
    picture = {"drawing": "pillow"}
    picture_alt = "A person lies on one side with a pillow between the knees."
    certainty = "some"
    sure = "One good trial."
    sources = [
        {"title": "A trial", "who": "Nair", "year": "2018", "at": "https://example.org/1", "read_on": "2026-11-29"}
    ]
    facts = [{"says": "It is this.", "source": "A trial"}]
    to_check = ["Not read: it may be that."]
    reviewed_by = "Lee Ferreira"
    reviewed_on = dt.date(2026, 11, 29)
    review_on = dt.date(2027, 11, 29)


class SignatureFactory(DjangoModelFactory):
    """An exercise signed, as its words are now."""

    class Meta:
        model = Signature

    exercise = factory.SubFactory(ExerciseFactory)
    clinic = factory.SubFactory(ClinicFactory)
    signed_by = factory.SubFactory(LeadFactory, clinic=factory.SelfAttribute("..clinic"))
    text_version = factory.SelfAttribute("exercise.text_version")
    words = factory.LazyAttribute(lambda signature: words_digest(signature.exercise.pinned_text()))
    name = "Lee Ferreira"
    registration_number = "PH123456"


def sign_texts(clinic):
    """Sign what a clinic says as it is now, unless somebody has."""
    said = wording_of(clinic)
    if said.signature is None:
        by = User.objects.staff().filter(clinic=clinic).first() or PhysioFactory(clinic=clinic)
        signed = {"words": said.digest, "name": "Lee Ferreira", "registration_number": "PH123456"}
        TextSignature.objects.create(clinic=clinic, signed_by=by, **signed)


def sign(clinic, *texts):
    """Sign exercises, topics and all that a clinic says, so that they can be given; what is signed already is left."""
    sign_texts(clinic)
    for given in texts:
        text = type(given).objects.get(pk=given.pk)
        under = {"topic": text, "exercise": None} if isinstance(text, Topic) else {"exercise": text}
        digest = words_digest(text.pinned_text())
        if not Signature.objects.filter(clinic=clinic, words=digest, **under).in_force().exists():
            by = User.objects.staff().filter(clinic=clinic).first() or PhysioFactory(clinic=clinic)
            version = text.text_version
            SignatureFactory(clinic=clinic, signed_by=by, words=digest, text_version=version, **under)


def sign_all_in(draft):
    """Sign everything that a draft holds for its clinic; return the draft."""
    sign(draft.patient.clinic, *(row.exercise for row in draft.prescriptions.select_related("exercise")))
    return draft


class SummedFactory(DjangoModelFactory):
    """Rows that a patient's summary tells of: it is renewed with them, as the services do."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = super()._create(model_class, *args, **kwargs)
        programme = row.programme if hasattr(row, "programme") else getattr(row, "session", row).version.programme
        renew_summary(programme.patient_id)
        return row


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    patient = factory.SubFactory(PatientFactory)


class DraftFactory(SummedFactory):
    """A draft with nothing in it."""

    class Meta:
        model = Version

    programme = factory.SubFactory(ProgrammeFactory)
    made_by = factory.SelfAttribute("programme.patient.physiotherapist")


class PauseFactory(SummedFactory):
    """A pause of ten days, a month ahead."""

    class Meta:
        model = Pause

    programme = factory.SubFactory(ProgrammeFactory)
    made_by = factory.SelfAttribute("programme.patient.physiotherapist")
    first_day = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=30))
    last_day = factory.LazyAttribute(lambda pause: pause.first_day + dt.timedelta(days=9))


class PrescriptionFactory(DjangoModelFactory):
    """One exercise of a draft, Monday, Wednesday and Friday."""

    class Meta:
        model = Prescription

    version = factory.SubFactory(DraftFactory)
    exercise = factory.SubFactory(ExerciseFactory)
    order = factory.Sequence(lambda n: n + 1)
    side = "each"
    times_a_day = 1
    weekdays = "024"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """Make the row; the draft's rhythm is that of its first row, and one that differs has its own."""
        row = model_class(*args, **kwargs)
        draft = row.version
        is_first = not draft.prescriptions.exists()
        for names, own in ((DAYS_FIELDS, "own_days"), (TIMES_FIELDS, "own_times")):
            if is_first:
                for name in names:
                    setattr(draft, name, getattr(row, name))
            if any(getattr(draft, name) != getattr(row, name) for name in names):
                setattr(row, own, True)
        if is_first:
            Version.objects.filter(pk=draft.pk).update(**{n: getattr(row, n) for n in RHYTHM_FIELDS})
        row.save(force_insert=True)
        return row


def pin(draft, *, number=1, **fields):
    """Make a draft a given version past the services, now, for two weeks; ``fields`` are laid over what is pinned."""
    draft.pin_circumstances()
    draft.pin_topics()
    given = {
        "number": number,
        "reason": "" if number == 1 else "Manages ten with ease.",
        "review_on": timezone.localdate() + dt.timedelta(days=14),
        "given_by": draft.patient.physiotherapist,
        "given_at": timezone.now(),
    }
    for name, value in (given | fields).items():
        setattr(draft, name, value)
    draft.save()
    renew_summary(draft.patient.pk)
    return draft


def given_version(*, patient=None, exercises=1, number=1, programme=None, topics=(), begun_with=None, **prescription):
    """Return a given version with ``exercises`` prescriptions, written past the services, for tests of what follows."""
    programme = programme or ProgrammeFactory(patient=patient or PatientFactory())
    patient = programme.patient
    draft = DraftFactory(programme=programme, made_by=patient.physiotherapist, template=begun_with)
    for order in range(1, exercises + 1):
        row = PrescriptionFactory(version=draft, order=order, **prescription)
        row.text = row.exercise.pinned_text()
        row.save()
        sign(patient.clinic, row.exercise)
    sign(patient.clinic, *topics)
    draft.topics = [str(topic.pk) for topic in topics]
    return pin(draft, number=number)


def measured(patient, scores=(), **said):
    """Return what was measured with a patient, today if no day is said: ``scores`` by the activity's name."""
    said = Sayings(**{"measured_on": timezone.localdate(), "added": [*dict(scores).items()], **said})
    by = patient.physiotherapist
    return keep_measurement(measurement_id=uuid.uuid4(), patient=patient, said=said, by=by)


class SessionFactory(SummedFactory):
    class Meta:
        model = Session

    version = factory.LazyFunction(given_version)
    local_date = factory.LazyFunction(timezone.localdate)


class PerformedExerciseFactory(SummedFactory):
    class Meta:
        model = PerformedExercise

    session = factory.SubFactory(SessionFactory)
    outcome = PerformedExercise.Outcome.DONE


class TemplateFactory(DjangoModelFactory):
    """A shared template."""

    class Meta:
        model = Template

    slug = factory.Sequence(f"template-{MAKER}-{{}}".format)
    name = factory.Sequence("Template {}".format)


class PhaseFactory(DjangoModelFactory):
    """A phase of a template: each of two weeks, after the one before, within a year."""

    class Meta:
        model = Phase

    template = factory.SubFactory(TemplateFactory)
    order = factory.Sequence(lambda n: n + 1)
    first_week = factory.LazyAttribute(lambda phase: 2 * (phase.order % 25))
    last_week = factory.LazyAttribute(lambda phase: phase.first_week + 2)


class TemplateItemFactory(DjangoModelFactory):
    class Meta:
        model = TemplateItem

    template = factory.SubFactory(TemplateFactory)
    exercise = factory.SubFactory(ExerciseFactory)
    order = factory.Sequence(lambda n: n + 1)
