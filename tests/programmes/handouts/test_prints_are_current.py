"""*Print* is the newest truth whatever has changed; *Print again* is the same bytes and says what has changed."""

import datetime as dt
import json
from dataclasses import replace

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from hipcare.clinics.models import Clinic, ClinicText, PairingCode, Patient, PrecautionList, User
from hipcare.clinics.models.clinic_text import ADVICE
from hipcare.clinics.services.devices import make_pairing_code, pair
from programmes.handouts import archive, content, fingerprint
from programmes.handouts.archive import print_handout, reprint_handout
from programmes.handouts.fingerprint import NAMES, changed_parts, look_files, parts_of
from programmes.handouts.proof import job_of
from programmes.handouts.renderer.pool import RendererError
from programmes.handouts.since import last_sheet
from programmes.handouts.versions import version_before, with_everything
from programmes.models import Handout, Programme, Version
from programmes.wording.sheet_marks import NOT_KNOWN
from tests.factories import PatientFactory, TopicFactory
from tests.programmes.handouts.sheets import PlainRenderer, given_sheet
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def renderer(monkeypatch):
    """Return the renderer, which is asked once for each sheet that is not in the archive."""
    plain = PlainRenderer()
    monkeypatch.setattr(archive, "renderer", plain)
    monkeypatch.setattr(archive, "make_ready", lambda _pictures: None)
    return plain


@pytest.fixture
def version():
    return given_sheet(2, note="Well done so far.")


def printed_now(version):
    return print_handout(version=Version.objects.get(pk=version.pk), by=version.given_by)


def job_in(handout):
    return json.loads(bytes(handout.pdf))


def since(version):
    return last_sheet(with_everything(version)).changed


CHANGES = {
    "clinic's phone": (Clinic, {"phone": "01632 960555"}, "01632 960555", ["the clinic’s phone number"]),
    "emergency number": (Clinic, {"emergency_phone": "112"}, "112 or A", ["the emergency number"]),
    "urgent number": (Clinic, {"urgent_phone": "116117"}, "Call 116117 today", ["the urgent advice number"]),
    "hours": (Clinic, {"opening_hours": "Mondays, 9 to 12"}, "Mondays, 9 to 12", ["the opening hours"]),
    "address": (Clinic, {"address": "2 New Street"}, "2 New Street", ["the clinic’s address"]),
    "clinic's name": (Clinic, {"name": "Elm Lane"}, "Elm Lane", ["the clinic’s name"]),
    "first name": (Patient, {"first_name": "Aminah"}, "Aminah’s exercises", ["the first name"]),
    "physiotherapist's name": (User, {"name": "Priya Shah"}, "with Priya Shah", ["the physiotherapist’s name"]),
    "person": (Patient, {"person": "rowan"}, "rowan/", ["the pictures"]),
    "grey": (Clinic, {"prints_in_grey": True}, "-grey-", ["the pictures"]),
}


@pytest.mark.parametrize(("model", "fields", "seen", "said"), CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_on_the_next_sheet(version, renderer, model, fields, seen, said):
    first = printed_now(version)
    before = bytes(first.pdf)
    model.objects.update(**fields)
    assert since(version) == said
    second = printed_now(version)
    assert seen not in json.dumps(json.loads(before), ensure_ascii=False)
    assert seen in json.dumps(job_in(second), ensure_ascii=False)
    assert second.pairing_code == first.pairing_code
    assert renderer.asked == 2
    assert bytes(reprint_handout(handout=first, by=version.given_by).pdf) == before
    assert printed_now(version).pk == second.pk


def clinic_says(version, group, key, words):
    clinic, by = version.patient.clinic, version.given_by
    fields = {"short": words, "source": "Us", "review_on": dt.date(2027, 1, 1)} if group != ADVICE else {}
    ClinicText.objects.create(clinic=clinic, group=group, key=key, words=words, changed_by=by, **fields)


@pytest.mark.parametrize(
    ("group", "key", "said"),
    [("gp", "own", ["the help list"]), (ADVICE, "morning", ["the clinic’s advice"])],
)
def test_what_the_clinic_says_otherwise_is_on_the_next_sheet(version, group, key, said):
    first = printed_now(version)
    clinic_says(version, group, key, "Something new to say")
    assert since(version) == [*said, "whether the words are signed"]
    assert "Something new to say" in job_in(printed_now(version))["markup"]
    assert "Something new to say" not in job_in(first)["markup"]


def test_advice_that_changes_is_on_the_next_sheet(version, monkeypatch):
    printed_now(version)
    monkeypatch.setattr(content, "nobody_watches", lambda: "Nobody reads this at night.")
    assert since(version) == ["the general advice"]
    assert "Nobody reads this at night." in job_in(printed_now(version))["markup"]


def test_style_sheet_that_changes_makes_a_new_sheet(version, renderer, monkeypatch):
    printed_now(version)
    monkeypatch.setattr(fingerprint, "look_token", lambda _layout: "another")
    assert since(version) == ["the layout"]
    printed_now(version)
    assert renderer.asked == 2


@pytest.mark.parametrize("name", ["base.css", "full.css", "stop.svg", "hipcare-hyperlegible-400.ttf"])
def test_what_the_renderer_reads_by_itself_is_in_the_key(name):
    assert name in [path.name for path in look_files("full")]


def test_leg_words_and_precautions_are_pinned_and_in_the_key(version):
    """A given version keeps them; were they ever printed otherwise, the sheet would be another one."""
    first = printed_now(version)
    sheet = content.sheet_of(with_everything(version), first.pairing_code, None)
    block, *rest = sheet.exercises
    otherwise = replace(sheet, exercises=[replace(block, leg_words="The other leg"), *rest])
    assert job_of(otherwise).markup != job_of(sheet).markup
    Patient.objects.update(affected_side="both", hip_precautions="posterior")
    assert printed_now(version).pk == first.pk


def test_hip_rules_that_the_clinic_writes_otherwise_are_on_the_next_sheet():
    version = given_sheet(1, patient=PatientFactory(hip_precautions="posterior"))
    first = printed_now(version)
    PrecautionList.objects.create(
        clinic=version.patient.clinic,
        kind="posterior",
        heading="The back of your hip",
        rules=["Sit on a high chair"],
        source="Us",
        review_on=dt.date(2027, 1, 1),
        changed_by=version.given_by,
    )
    assert since(version) == ["the hip rules", "whether the words are signed"]
    assert "Sit on a high chair" in job_in(printed_now(version))["markup"]
    assert "Sit on a high chair" not in job_in(first)["markup"]


def test_library_that_changes_leaves_the_sheet_alone(version, renderer):
    first = printed_now(version)
    exercise = version.prescriptions.first().exercise
    exercise.name, exercise.steps, exercise.text_version = "Renamed", ["Do something else."], 2
    exercise.save()
    assert printed_now(version).pk == first.pk
    assert renderer.asked == 1


def test_the_day_is_not_on_the_sheet(version, renderer):
    with time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=False):
        first = printed_now(version)
    with time_machine.travel(timezone.now() + dt.timedelta(days=6), tick=False):
        assert printed_now(version).pk == first.pk
    assert renderer.asked == 1


def test_sheet_from_before_there_were_keys_is_only_printed_again(version):
    code = make_pairing_code(patient=version.patient, by=version.given_by)
    old = Handout.objects.create(
        version=version,
        pairing_code=code,
        printed_by=version.given_by,
        pages=2,
        sha256="2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
        pdf=b"x",
    )
    assert since(version) == [NOT_KNOWN]
    assert printed_now(version).pk != old.pk
    assert bytes(reprint_handout(handout=old, by=version.given_by).pdf) == b"x"


def test_two_sheets_of_a_version_may_both_be_from_before(version):
    fields = {"version": version, "printed_by": version.given_by, "pages": 2, "sha256": "0" * 64, "pdf": b"x"}
    assert [Handout.objects.create(**fields).printed_key for _ in range(2)] == ["", ""]


def test_every_part_of_a_sheet_has_a_name_for_staff():
    given_sheet(1)
    Patient.objects.update(hip_precautions="posterior")
    programme = Programme.objects.get()
    topic = TopicFactory()
    read = {"topics": [str(topic.pk)], "topic_words": [topic.pinned_text()]}
    version = with_everything(given_sheet(2, programme=programme, number=2, **read))
    code = make_pairing_code(patient=version.patient, by=version.given_by)
    whole = content.sheet_of(version, code, version_before(version))
    bare = replace(whole, on_phone=None, hip_rules=None, said_in="cy")
    assert parts_of(whole).keys() | parts_of(bare).keys() == NAMES.keys()


def test_changed_names_each_part_once_in_the_sheets_order():
    then = {"help.gp.items": "a", "help.urgent.items": "a", "letterhead.phone": "a", "goal": "a"}
    now = {"help.gp.items": "b", "help.urgent.items": "b", "letterhead.phone": "b", "goal": "a"}
    assert changed_parts(then, now) == ["the clinic’s phone number", "the help list"]
    assert changed_parts(then, then) == []


def test_digests_hold_no_words(version):
    parts = printed_now(version).printed_parts
    assert parts.keys() <= NAMES.keys()
    assert all(len(value) == fingerprint.LENGTH and int(value, 16) >= 0 for value in parts.values())


# What became of the code


def test_new_code_is_said_before_the_sheet_is_printed_again(version):
    printed_now(version)
    code = PairingCode.objects.get()
    pair(code=code, session_key="s" * 32, device_name="Phone, Firefox")
    assert last_sheet(with_everything(version)).is_current
    make_pairing_code(patient=version.patient, by=version.given_by)
    today = f"{timezone.localdate():%-d %b %Y}"
    assert since(version) == [f"code used on {today}", f"a newer code was made on {today}"]


def test_code_that_ran_out_is_said(version):
    printed_now(version)
    PairingCode.objects.update(expires_at=timezone.now())
    assert since(version) == ["its code no longer works"]


def test_sheet_of_an_ended_programme_is_current_without_a_code(version):
    Programme.objects.update(status=Programme.Status.ENDED)
    printed_now(version)
    assert last_sheet(with_everything(version)).is_current


# On the pages


def handover(version, client):
    return client.get(reverse("programmes:handover", args=[version.pk])).content.decode()


def test_handover_says_whether_the_sheet_is_as_it_would_be_printed(version):
    client = client_of(version.given_by)
    assert "Last printed" not in handover(version, client)
    sheet = printed_now(version)
    again = f'action="{reverse("programmes:reprint", args=[sheet.pk])}"'
    page = handover(version, client)
    assert "Nothing on it has changed" in page
    assert again not in page
    Clinic.objects.update(phone="01632 960555", opening_hours="Mondays")
    page = handover(version, client)
    assert "Changed since: the clinic’s phone number, the opening hours." in page
    assert again in page
    assert Handout.objects.count() == 1


def test_patient_page_says_it_beside_each_sheet_whatever_their_number(version, django_assert_max_num_queries):
    client = client_of(version.given_by)
    printed_now(version)
    Clinic.objects.update(phone="01632 960555")
    printed_now(version)
    Patient.objects.update(first_name="Aminah")
    url = reverse("programmes:patient", args=[version.patient.pk])
    with django_assert_max_num_queries(20) as asked:
        page = client.get(url).content.decode()
    assert page.count("Changed since: the first name<") == 1
    assert page.count("Changed since: the clinic’s phone number, the first name<") == 1
    printed_now(version)
    with django_assert_max_num_queries(len(asked)):
        client.get(url)


class DeadRenderer:
    def render(self, _job):
        raise RendererError("The sheet took too long.")


def test_failure_offers_the_last_sheet_with_its_warning_and_never_the_record(version, monkeypatch):
    client = client_of(version.given_by)
    sheet = printed_now(version)
    Clinic.objects.update(phone="01632 960555")
    monkeypatch.setattr(archive, "renderer", DeadRenderer())
    page = client.post(reverse("programmes:print", args=[version.pk])).content.decode()
    assert "Changed since: the clinic’s phone number." in page
    assert f'action="{reverse("programmes:reprint", args=[sheet.pk])}"' in page
    assert "Do not print the patient's page instead" in page
    assert reverse("programmes:patient", args=[version.patient.pk]) not in page
    assert "from your browser" not in page


def test_files_of_two_sheets_have_two_names_that_say_nothing_of_the_patient(version):
    client = client_of(version.given_by)
    first = client.post(reverse("programmes:print", args=[version.pk]))
    sheet = Handout.objects.get()
    name = f"exercise-sheet-v1-{timezone.localdate():%Y-%m-%d}-{sheet.pk.hex[:8]}.pdf"
    assert first["Content-Disposition"] == f'inline; filename="{name}"'
    Clinic.objects.update(phone="01632 960555")
    second = client.post(reverse("programmes:print", args=[version.pk]))
    assert second["Content-Disposition"] != first["Content-Disposition"]
