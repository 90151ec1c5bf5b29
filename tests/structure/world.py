"""One clinic with one row of everything, and everybody who might knock: the stage of the structure tests."""

import datetime as dt
import hashlib
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from exercises.figures import Pace, Style, figure, film_of
from exercises.models import Exercise, Topic
from hipcare.clinics.models import Device, Helper, Patient, User
from hipcare.clinics.session_keys import HELPS_AS
from programmes.models import Handout, Measurement, PatientMessage, Pause, Prescription, Session, Template, Version
from tests import signing_in  # noqa: F401 - gives who signs in a device
from tests.factories import (
    ClinicFactory,
    DeviceFactory,
    DraftFactory,
    ExerciseFactory,
    LeadFactory,
    PatientFactory,
    PauseFactory,
    PhysioFactory,
    PrescriptionFactory,
    SessionFactory,
    TemplateFactory,
    TemplateItemFactory,
    TopicFactory,
    given_version,
    measured,
)


class Visitor(Enum):
    """Who knocks. Strangers come from another clinic; a fellow is another patient of the same clinic."""

    NOBODY = "nobody"
    STRANGER_PATIENT = "a patient of another clinic"
    FELLOW_PATIENT = "another patient of the same clinic"
    STRANGER_PHYSIO = "a physiotherapist of another clinic"
    OWN_PATIENT = "the patient"
    OWN_HELPER = "who helps the patient"
    OWN_PHYSIO = "the physiotherapist"
    OWN_LEAD = "the clinic lead"


@dataclass
class World:
    """The rows that addresses name, and the people by visitor."""

    people: dict[Visitor, User | Helper | None]
    patient: Patient
    fellow: Patient
    device: Device
    exercise: Exercise
    topic: Topic
    template: Template
    given: Version
    prescription: Prescription
    draft: Version
    draft_row: Prescription
    session: Session
    message: PatientMessage
    pause: Pause
    handout: Handout
    measurement: Measurement

    @property
    def source(self) -> Patient:
        """The other patient of the clinic, to copy from."""
        return self.people[Visitor.FELLOW_PATIENT].patient

    def arguments_of(self, route: str) -> dict[str, object]:
        """Return the arguments of ``route``, all of them rows of the own clinic."""
        named = {
            "patients/<uuid:pk>": self.patient,
            "devices/<uuid:pk>": self.device,
            "phone/<uuid:pk>": self.device,
            "phone/helpers/<uuid:pk>": self.people[Visitor.OWN_HELPER],
            "helpers/<uuid:pk>": self.people[Visitor.OWN_HELPER],
            "staff/<uuid:pk>": self.people[Visitor.OWN_PHYSIO],
            "exercises/<uuid:pk>": self.exercise,
            "topics/<uuid:pk>": self.topic,
            "templates/<uuid:pk>": self.template,
            "today/next-day/<uuid:pk>": self.session,
            "today/exercises/<uuid:pk>": self.prescription,
            "today/topics/<uuid:pk>": self.given,
            "today/tell/<uuid:pk>": self.message,
            "messages/<uuid:pk>": self.message,
            "today/news/<uuid:pk>": self.given,
            "drafts/<uuid:pk>": self.draft,
            "versions/<uuid:pk>": self.given,
            "sheets/<uuid:pk>": self.handout,
            "today/sheet/<uuid:pk>": self.handout,
            "sessions/<uuid:pk>": self.session,
            "measurements/<uuid:pk>": self.measurement,
            "activities/<uuid:pk>": self.measurement.scores.get().activity,
        }
        found: dict[str, object] = {}
        for start, row in named.items():
            if route.startswith(start):
                found["pk"] = row.pk
        drawn = figure("bridge", "both", "end", Style(person="rowan")).subject
        film, bridge = film_of("bridge", "both", Pace(hold=3)), {"slug": "bridge", "side": "both"}
        fixed: dict[str, dict[str, object]] = {
            "<uidb36>": {"uidb36": "0", "key": "set-password"},
            "<slug:key>": {"key": "calf"},
            "<slug:kind>": {"kind": "posterior"},
            "<int:pk>": {"pk": 1},
            "<str:date>": {"date": (timezone.localdate() - dt.timedelta(days=1)).isoformat()},
            "<slug:of>": {**bridge, "person": "rowan", "kind": "end", "of": drawn.token},
            "<slug:pace>": {**bridge, "person": "maple", "of": film.token, "pace": film.pace.code},
        }
        for part, arguments in fixed.items():
            if part in route:
                found = arguments
        beside = {
            "<uuid:pause>": self.pause.pk,
            "<uuid:source>": self.source.pk,
            "<uuid:other>": self.fellow.pk,
            "<uuid:row>": self.draft_row.pk,
            "<int:place>": 1,
            "<str:direction>": "down",
            "<str:how>": "apart",
            "<str:first>": timezone.localdate().isoformat(),
        }
        for part, value in beside.items():
            if part in route:
                found[part.strip("<>").partition(":")[2]] = value
        return found


def build_world() -> World:
    """Make the own clinic, a given programme with its draft, and a stranger clinic."""
    clinic = ClinicFactory(name="Alder Lane")
    physio = PhysioFactory(clinic=clinic)
    patient = PatientFactory(clinic=clinic, physiotherapist=physio)
    device = DeviceFactory(patient=patient)
    exercise = ExerciseFactory(clinic=clinic)
    topic = TopicFactory(clinic=clinic)
    template = TemplateFactory(clinic=clinic)
    TemplateItemFactory(template=template, exercise=exercise)
    given = given_version(patient=patient, exercises=2, topics=[topic])
    draft = DraftFactory(programme=given.programme, made_by=physio)
    draft_row = PrescriptionFactory(version=draft, exercise=exercise, order=1)
    PrescriptionFactory(version=draft, exercise=exercise, order=2)
    pdf = b"%PDF-1.7 as it was handed over"
    digest = hashlib.sha256(pdf).hexdigest()
    handout = Handout.objects.create(version=given, printed_by=physio, pages=1, sha256=digest, pdf=pdf)
    fellow = PatientFactory(clinic=clinic, physiotherapist=physio)
    stranger = PatientFactory()
    for other in (fellow, stranger):
        given_version(patient=other)
    return World(
        people={
            Visitor.NOBODY: None,
            Visitor.STRANGER_PATIENT: stranger.user,
            Visitor.FELLOW_PATIENT: fellow.user,
            Visitor.STRANGER_PHYSIO: stranger.physiotherapist,
            Visitor.OWN_PATIENT: patient.user,
            Visitor.OWN_HELPER: Helper.objects.create(patient=patient, name="Joanna"),
            Visitor.OWN_PHYSIO: physio,
            Visitor.OWN_LEAD: LeadFactory(clinic=clinic),
        },
        patient=patient,
        fellow=fellow,
        device=device,
        exercise=exercise,
        topic=topic,
        template=template,
        given=given,
        prescription=given.prescriptions.first(),
        draft=draft,
        draft_row=draft_row,
        session=SessionFactory(version=given, id=uuid.uuid4()),
        message=PatientMessage.objects.create(patient=patient, text="On the bed it is easier."),
        pause=PauseFactory(programme=given.programme, made_by=physio),
        handout=handout,
        measurement=measured(patient, {"Put on my socks": 4}, pain=3),
    )


def client_of(user: User | Helper | None, **options: object) -> Client:
    """Return a browser in which ``user`` is signed in the way their role signs in."""
    client = Client(raise_request_exception=True, **options)
    if user is None:
        return client
    if isinstance(user, Helper):
        return _client_of_helper(client, user)
    backend = "DeviceBackend" if user.is_patient else "StaffBackend"
    client.force_login(user, backend=f"hipcare.clinics.backends.{backend}")
    return client


def _client_of_helper(client: Client, helper: Helper) -> Client:
    client.force_login(helper.patient.user, backend="hipcare.clinics.backends.DeviceBackend")
    session = client.session
    session[HELPS_AS] = str(helper.pk)
    session.save()
    Device.objects.filter(session_key=session.session_key).update(helper=helper)
    return client


@contextmanager
def undone():
    """Take back everything written inside, so that the next visitor finds the same rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


NOT_ROWS_OF_A_RECORD = {"django_session", "django_migrations", "audit_entry", "cache", "sqlite_sequence"}


def every_row(*, but=NOT_ROWS_OF_A_RECORD) -> dict[str, list[str]]:
    """Return the contents of every table save ``but``, to compare before with after."""
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - set(but))
        found = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the database's own names
            found[table] = sorted(repr([bytes(v) if isinstance(v, memoryview) else v for v in r]) for r in cursor)
    return found
