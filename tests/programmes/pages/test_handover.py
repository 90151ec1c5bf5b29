import datetime as dt
import re
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.clinics.models import PairingCode
from hipcare.clinics.services.devices import make_pairing_code
from programmes.models import Programme
from programmes.services.drafts import open_draft
from tests.factories import (
    DeviceFactory,
    DraftFactory,
    PatientFactory,
    PhaseFactory,
    PhysioFactory,
    TemplateFactory,
    TemplateItemFactory,
    given_version,
    pin,
)
from tests.programmes.drafts import text_of
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


def handover(version, client=None):
    client = client or client_of(version.given_by)
    return client.get(reverse("programmes:handover", args=[version.pk]))


def test_handover_shows_the_code_to_scan_and_to_type_and_the_sheet():
    version = given_version(exercises=2)
    code = make_pairing_code(patient=version.patient, by=version.given_by)
    page = handover(version).content.decode()
    assert code.typed_code in page
    assert f"until {code.expires_at:%a} {code.expires_at.day} {code.expires_at:%b}. Not used yet." in page
    assert 'src="data:image/svg+xml' in page
    assert f'data-hc-copy="{code.link}"' in page
    assert f'action="{reverse("programmes:print", args=[version.pk])}" target="_blank"' in page
    entry = Entry.objects.get()
    assert (entry.action, entry.subject_id) == ("look", version.pk)


def test_the_link_hides_its_secret_behind_the_hash(settings):
    settings.SITE_URL = "https://hep.example.org"
    version = given_version()
    code = make_pairing_code(patient=version.patient, by=version.given_by)
    assert code.link == f"https://hep.example.org/j#{code.token}"


def test_the_code_has_its_quiet_zone_on_white():
    version = given_version()
    make_pairing_code(patient=version.patient, by=version.given_by)
    drawn = unquote(handover(version).context["handover"].qr)
    assert "fill='#fff'" in drawn or 'fill="#fff"' in drawn


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"used_at": timezone.now()}, "Used on"),
        ({"closed_at": timezone.now()}, "no longer works"),
        ({"expires_at": timezone.now() - dt.timedelta(days=1)}, "no longer works"),
    ],
)
def test_a_code_that_opens_nothing_is_not_shown(state, words):
    version = given_version()
    code = make_pairing_code(patient=version.patient, by=version.given_by)
    PairingCode.objects.filter(pk=code.pk).update(**state)
    page = handover(version).content.decode()
    assert words in page
    assert code.typed_code not in page
    assert "data:image" not in page


def test_a_used_code_says_on_which_device():
    version = given_version()
    code = make_pairing_code(patient=version.patient, by=version.given_by)
    device = DeviceFactory(patient=version.patient, name="Phone, Firefox")
    PairingCode.objects.filter(pk=code.pk).update(used_at=timezone.now(), device=device)
    assert "Phone, Firefox" in handover(version).content.decode()


def test_without_a_code_one_can_be_made_from_here():
    version = given_version()
    client = client_of(version.given_by)
    page = handover(version, client).content.decode()
    assert "No code has been made yet." in page
    here = reverse("programmes:handover", args=[version.pk])
    answer = client.post(reverse("pairing_code_create", args=[version.patient.pk]), {"next": here})
    assert answer.url == here
    assert "Not used yet." in handover(version, client).content.decode()


def test_a_replaced_version_leads_to_the_newer_one():
    old = given_version()
    new = given_version(programme=old.programme, number=2)
    assert reverse("programmes:handover", args=[new.pk]) in handover(old).content.decode()
    assert handover(new).context["handover"].newer is None


@pytest.mark.parametrize("large_print", [True, False])
def test_need_for_large_print_and_the_size_of_the_sheet_are_said(large_print):
    page = handover(given_version(patient=PatientFactory(large_print=large_print))).content.decode()
    assert ("Needs large print" in page.partition("On a phone")[0]) is large_print
    assert "A4, both sides. Text in 12 point." in page
    assert "Text in 18 point, none below 16." in page
    offered = re.findall(r'name="layout" value="(\w+)" class="btn (btn-\w+)"', page)
    needed, other = ("large", "full") if large_print else ("full", "large")
    assert offered == [(needed, "btn-primary"), (other, "btn-quiet")]


def test_a_draft_and_a_strangers_version_have_no_handover():
    version = given_version()
    stranger = client_of(PatientFactory().physiotherapist)
    assert handover(version, stranger).status_code == 404
    assert (
        handover(open_draft(patient=version.patient, by=version.given_by), client_of(version.given_by)).status_code
        == 404
    )


def test_handover_costs_the_same_for_one_exercise_and_three(django_assert_num_queries):
    for exercises in (1, 3):
        version = given_version(exercises=exercises)
        client = client_of(version.given_by)
        make_pairing_code(patient=version.patient, by=version.given_by)
        with django_assert_num_queries(13):
            handover(version, client)


def test_templates_are_the_shared_and_the_clinics_own():
    physio = PatientFactory().physiotherapist
    shared = TemplateItemFactory(
        template__name="Shared", template__note="Wear shoes.", exercise__name="Bridge", sets=2
    ).template
    TemplateItemFactory(template=shared, leg="sore")
    own = TemplateFactory(name="Own", clinic=physio.clinic, order=1)
    TemplateFactory(name="Theirs", clinic=PatientFactory().clinic)
    TemplateFactory(name="Retired", retired=True)
    answer = client_of(physio).get(reverse("programmes:template_list"))
    assert [card.template for card in answer.context["list"].cards] == [own, shared]
    page = answer.content.decode()
    assert "2 × 10 · each leg" in page
    assert "1 × 10 · sore leg only" in page
    assert "Note to the patient, yours to change:</b> <bdi>Wear shoes.</bdi>" in page
    assert "Ours" in page


def test_template_with_phases_shows_each_with_its_own_exercises():
    phase = PhaseFactory(order=1, name="First steps", description="Until the wound is dry.")
    TemplateItemFactory(
        template=phase.template, phase=phase, exercise__name="Heel slide", progression="When it is easy, tell me."
    )
    client = client_of(PhysioFactory())
    words = text_of(client.get(reverse("programmes:template_list")))
    for said in ("Weeks 2 to 4: First steps", "Until the wound is dry.", "When it is easy, tell me."):
        assert words.count(said) == 1
    assert words.count("Heel slide") == 2, "below its picture, and with its dose"


def test_templates_cost_the_same_for_one_and_three(django_assert_num_queries):
    client = client_of(PatientFactory().physiotherapist)
    for more in (1, 2):
        TemplateItemFactory.create_batch(more)
        for phase in PhaseFactory.create_batch(more):
            TemplateItemFactory.create_batch(more, template=phase.template, phase=phase)
        with django_assert_num_queries(9):
            client.get(reverse("programmes:template_list"))


def test_no_templates_says_who_can_load_them():
    client = client_of(PatientFactory().physiotherapist)
    assert "No templates yet" in client.get(reverse("programmes:template_list")).content.decode()


def test_an_ended_programme_is_not_given_and_says_the_way_on():
    version = pin(DraftFactory(goal="Reach the shop"), number=1)
    make_pairing_code(patient=version.patient, by=version.patient.physiotherapist)
    client = client_of(version.patient.physiotherapist)
    Programme.objects.filter(pk=version.programme_id).update(status=Programme.Status.ENDED, ended_at=timezone.now())
    page = text_of(handover(version, client))
    assert "This programme has ended, so it is not given." in page
    assert "Make a new code" not in page
    assert "Print" not in page
    record = text_of(client.get(reverse("programmes:patient", args=[version.patient.pk])))
    assert "“Reach the shop”" in record, "what the patient still reads"


def test_a_version_of_an_ended_programme_leads_to_what_the_patient_has_now():
    old = given_version()
    Programme.objects.filter(pk=old.programme_id).update(status=Programme.Status.ENDED, ended_at=timezone.now())
    now = given_version(patient=old.patient)
    page = handover(old, client_of(old.given_by))
    assert "has replaced this one" in text_of(page)
    assert reverse("programmes:handover", args=[now.pk]) in page.content.decode()
