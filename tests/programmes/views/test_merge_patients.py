"""Two records of one person are made one: seen first, nothing is lost, phones stay in, what is frozen is untouched."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.clinics.models import Device, Helper, Patient
from hipcare.clinics.services.devices import make_pairing_code
from programmes.models import (
    Activity,
    LookedAt,
    Measurement,
    PatientMessage,
    PatientSummary,
    Pause,
    Prescription,
    Programme,
    Session,
    Version,
)
from programmes.pages.merge_page import WORDS
from programmes.services.one_record import FACTS, CannotMergeError, merge_records, state_of
from tests.factories import DraftFactory, PatientFactory, PauseFactory, PhysioFactory, SessionFactory, given_version
from tests.programmes.drafts import text_of
from tests.structure.world import client_of, every_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """Return two records of one clinic: the first stays; the second has all that a record can have."""
    kept = PatientFactory(last_name="Ellis", phone="", usual_pain=3)
    other = PatientFactory(
        clinic=kept.clinic, physiotherapist=kept.physiotherapist, last_name="Elis", phone="01632 960 774", usual_pain=5
    )
    version = given_version(patient=other, weekdays="0123456")
    SessionFactory(version=version)
    PauseFactory(programme=version.programme)
    PatientMessage.objects.create(patient=other, text="Better on the bed.")
    by = kept.physiotherapist
    LookedAt.objects.create(patient=other, by=by)
    Measurement.objects.create(patient=other, measured_on=dt.date(2026, 11, 20), pain=4, by=by)
    Helper.objects.create(patient=other, name="Joanna")
    for one in (kept, other):
        Activity.objects.create(patient=one, name="Stairs", place=1, added_by=by)
    make_pairing_code(patient=other, by=by)
    return kept, other


def address(kept, other):
    return reverse("programmes:merge_compare", args=[kept.pk, other.pk])


def staff_of(patient):
    return client_of(patient.physiotherapist)


def sent_from(page, **changed):
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields} | changed


def merge(kept, other, **changed):
    staff = staff_of(kept)
    page = staff.get(address(kept, other))
    return staff.post(address(kept, other), sent_from(page, **changed), follow=True)


def test_it_is_found_by_name_birthday_or_words_and_compared(two):
    kept, other = two
    staff = staff_of(kept)
    choose = reverse("programmes:merge_choose", args=[kept.pk])
    assert choose in staff.get(reverse("programmes:patient", args=[kept.pk])).content.decode()
    assert address(kept, other) in staff.get(choose).content.decode(), "born on the same day"
    Patient.objects.filter(pk=other.pk).update(date_of_birth=dt.date(1956, 3, 4))
    assert address(kept, other) not in staff.get(choose).content.decode()
    assert address(kept, other) in staff.post(choose, {"words": "elis"}).content.decode()
    assert "Nobody is found" in text_of(staff.post(choose, {"words": "zzz"}))
    page = text_of(staff.get(address(kept, other)))
    assert "This cannot be undone." in page
    assert "Name Differs" in page
    assert "Condition Hip osteoarthritis Hip osteoarthritis" in page
    assert "Programmes 1, with every version and sheet" in page
    assert "1 message, 1 measurement, 1 activity, and who looked" in page


def test_what_only_one_of_the_two_says_is_chosen_already(two):
    form = staff_of(two[0]).get(address(*two)).context["form"]
    assert {name: form[name].value() for name in form.differing} == {"name": "kept", "phone": "other", "pain": "kept"}


def test_all_moves_and_what_was_chosen_is_kept(two):
    kept, other = two
    frozen = every_row(but=set())
    said = text_of(merge(kept, other, pain="other"))
    assert "The two records are one now." in said
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.full_name, kept.phone, kept.usual_pain) == ("Margaret Ellis", "01632 960 774", 5)
    assert kept.phone_dialled
    assert (other.merged_into, bool(other.archived_at)) == (kept, True)
    for model in (Programme, PatientMessage, LookedAt, Measurement, Helper):
        assert [row.patient for row in model.objects.all()] == [kept], model
    assert [one.place for one in Activity.objects.filter(patient=kept)] == [1, 2]
    assert not Activity.objects.filter(patient=other).exists()
    assert Session.objects.filter(version__programme__patient=kept).count() == 1
    assert Pause.objects.filter(programme__patient=kept).count() == 1
    assert not other.pairing_codes.exists()
    after = every_row(but=set())
    for table in (Version, Prescription, Session):
        assert after[table._meta.db_table] == frozen[table._meta.db_table], "what is frozen is as it was"
    assert set(frozen[Entry._meta.db_table]) <= set(after[Entry._meta.db_table])
    about = Entry.objects.filter(subject="patient", subject_id=other.pk, fields=["merged_into"])
    assert {entry.patient for entry in about} == {kept.pk, other.pk}


def test_the_lists_know(two):
    kept, other = two
    merge(kept, other)
    assert PatientSummary.objects.get(patient=kept).last_day is not None
    assert PatientSummary.objects.get(patient=kept).version_number == 1
    gone = PatientSummary.objects.get(patient=other)
    assert (gone.is_archived, gone.version_number, gone.has_been_given) == (True, None, False)


def test_its_address_leads_to_the_one_that_stays_and_it_stays_away(two):
    kept, other = two
    merge(kept, other)
    staff = staff_of(kept)
    for way in (
        staff.get(reverse("programmes:patient", args=[other.pk]), follow=True),
        staff.post(reverse("programmes:patient_back", args=[other.pk]), follow=True),
    ):
        assert way.redirect_chain[-1][0] == reverse("programmes:patient", args=[kept.pk])
        assert "That record was merged into this one." in text_of(way)
    assert Patient.objects.get(pk=other.pk).archived_at
    for one in two:
        assert "It was merged with another record." in text_of(
            staff.get(reverse("programmes:patient_delete", args=[one.pk]))
        )


def test_a_paired_phone_and_a_helpers_stay_in_and_keep_what_waits(two):
    kept, other = two
    phone = client_of(other.user)
    helpers = client_of(Helper.objects.get())
    names = {one.pk: one.kept_under for one in Device.objects.all()}
    merge(kept, other)
    assert {one.pk: one.kept_under for one in Device.objects.all()} == names, "what waits is under the same name"
    version = Version.objects.get()
    for client in (phone, helpers):
        assert client.get(reverse("programmes:today")).status_code == 200
        sent = {
            "session": uuid.uuid4(),
            "version": version.pk,
            "day": timezone.localdate(),
            "done": [version.prescriptions.get().pk],
        }
        assert client.post(reverse("programmes:session_save"), sent).status_code == 302
    assert Session.objects.filter(version__programme__patient=kept).count() == 3


def test_of_two_programmes_the_newest_goes_on(two, time_machine):
    kept, other = two
    time_machine.move_to(timezone.now() + dt.timedelta(hours=1), tick=False)
    newest = given_version(patient=kept)
    page = text_of(staff_of(kept).get(address(kept, other)))
    assert "Two programmes in use" in page
    assert "ends today, as merged" in page
    merge(kept, other)
    current = Version.objects.current().get(programme__patient=kept)
    assert current == newest
    ended = Programme.objects.get(status=Programme.Status.ENDED)
    assert (ended.end_reason, ended.ended_by) == ("merged", kept.physiotherapist)
    assert ended.patient == kept


def test_the_other_ones_programme_goes_on_where_it_is_newer(two, time_machine):
    kept, other = two
    time_machine.move_to(timezone.now() + dt.timedelta(hours=1), tick=False)
    given_version(patient=kept)
    merge(other, kept)
    assert Version.objects.current().get(programme__patient=other).programme.patient == other
    assert Programme.objects.active().count() == 1


def test_pressed_twice_late_or_from_an_old_page_nothing_is_done_again(two):
    kept, other = two
    staff = staff_of(kept)
    page = staff.get(address(kept, other))
    Patient.objects.filter(pk=other.pk).update(condition="Other")
    late = staff.post(address(kept, other), sent_from(page), follow=True)
    assert Patient.objects.get(pk=other.pk).merged_into is None
    assert "Choose which to keep where the two differ." in text_of(late), "the condition differs by now"
    page = staff.get(address(kept, other))
    SessionFactory(version=Version.objects.get())
    late = staff.post(address(kept, other), sent_from(page), follow=True)
    assert "One of the two records has changed since you opened the page." in text_of(late)
    merge(kept, other)
    for _pressed in range(2):
        again = staff.post(address(kept, other), sent_from(page), follow=True)
        assert "One of the two records was merged already." in text_of(again)
    assert Entry.objects.filter(fields=["merged_into"]).count() == 2


@pytest.mark.parametrize("sent", [{"name": "both"}, {"name": ""}, {"seen": ""}])
def test_bad_input_is_said_and_changes_nothing(two, sent):
    assert "Choose which to keep where the two differ." in text_of(merge(*two, **sent))
    assert not Patient.objects.exclude(merged_into=None).exists()


def test_a_draft_an_archived_record_and_itself_are_refused(two):
    kept, other = two
    staff = staff_of(kept)
    assert "Choose another record" in text_of(staff.get(address(kept, kept), follow=True))
    draft = DraftFactory(programme__patient=kept)
    assert "There is a draft. Give it or discard it first" in text_of(staff.get(address(kept, other), follow=True))
    draft.programme.delete()
    Patient.objects.filter(pk=kept.pk).update(archived_at=timezone.now())
    assert "is archived. Bring it back first" in text_of(staff.get(address(kept, other), follow=True))
    assert staff.get(address(other, kept)).status_code == 200, "an archived one may go"


def test_another_clinic_sees_and_merges_nothing(two):
    kept, other = two
    stranger = PatientFactory()
    assert staff_of(stranger).get(address(kept, other)).status_code == 404
    assert staff_of(kept).get(address(kept, stranger)).status_code == 404
    with pytest.raises(CannotMergeError):
        merge_records(kept=kept, other=stranger, taken=[], seen="", by=PhysioFactory())


def test_every_fact_has_words():
    assert WORDS.keys() == FACTS.keys()


@pytest.mark.django_db(transaction=True)
def test_merged_both_ways_at_once_one_stays(transactional_db):
    """The rows are locked in one order, so that neither waits for ever; the second finds that it was done."""
    kept = PatientFactory()
    other = PatientFactory(clinic=kept.clinic, physiotherapist=kept.physiotherapist)
    given_version(patient=other)
    kept, other = Patient.objects.get(pk=kept.pk), Patient.objects.get(pk=other.pk)
    seen = {kept: state_of(kept, other), other: state_of(other, kept)}
    refused, done = [], []

    def press(stays, goes):
        try:
            merge_records(kept=stays, other=goes, taken=[], seen=seen[stays], by=kept.physiotherapist)
            done.append(stays)
        except CannotMergeError as late:
            refused.append(late)
        finally:
            connection.close()

    pressing = [threading.Thread(target=press, args=ways) for ways in ((kept, other), (other, kept))]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    assert (len(done), len(refused)) == (1, 1)
    assert Programme.objects.get().patient == done[0]
