"""Every page that a patient meets, in every state: for the tests that read them all."""

import datetime as dt
import uuid

from django.test import Client
from django.utils import timezone

from hipcare.clinics.models import Device
from hipcare.clinics.services.devices import make_pairing_code
from programmes.models import Programme
from tests.factories import DeviceFactory, ExerciseFactory, PatientFactory, SessionFactory, TopicFactory, given_version
from tests.structure.world import client_of


def pages_that_ask(client, session, note):
    """Return the pages that ask something of what was sent."""
    version = session.version
    sent = {"session": str(uuid.uuid4()), "version": version.pk, "day": "2020-01-01", "pain": "3", "note": note}
    found = {
        "which day": client.post("/today/save/", sent),
        "two phones": client.post(f"/sessions/{session.pk}/change/", {"pain": "9", "stamp": "none"}),
        "no token": client_of(version.patient.user, enforce_csrf_checks=True).post("/today/save/", sent),
    }
    assert [page.status_code for page in found.values()] == [409, 409, 403]
    return found


def a_day_ago():
    return timezone.localdate() - dt.timedelta(days=1)


def pages_of_phones(patient, client, code):
    """Return the pages about which phones there are, whose this one is, and why it is out."""
    shared = client_of(PatientFactory(language=patient.language).user)
    shared.post("/j", {"token": code.token})
    found = {"add a person": shared.get("/j/yes")}
    device = DeviceFactory(patient=patient, session_key=shared.session.session_key)
    found |= {
        "my phone": client.get("/phone/"),
        "add a phone": client.get("/phone/add/"),
        "leave": client.get("/phone/leave/"),
        "remove": client.get(f"/phone/{device.pk}/remove/"),
        "who": shared.get("/who/"),
        "shared": shared.get("/phone/"),
    }
    DeviceFactory(patient=patient)
    found |= {"phones full": client.get("/phone/"), "no more phones": client.post("/phone/add/")}
    full = client_of(PatientFactory(language=patient.language).user)
    full.post("/j", {"token": code.token})
    found |= {"which phone goes": full.get("/j/yes"), "no phone chosen": full.post("/j/yes", {"answer": "yes"})}
    ends = {"taken off": {"unpaired_at": timezone.now()}, "ended": {"ends_at": timezone.now()}}
    ends |= {"idle": {"last_used_at": timezone.now() - dt.timedelta(days=30)}}
    ends |= {"ends soon": {"ends_at": timezone.now() + dt.timedelta(days=3)}}
    ends |= {"long away": {"last_used_at": timezone.now() - dt.timedelta(days=25)}}
    for name, limits in ends.items():
        one = client_of(PatientFactory(language=patient.language, clinic=patient.clinic).user)
        Device.objects.filter(session_key=one.session.session_key).update(**limits)
        found[name] = one.get("/phone/", follow=True)
    return found | helpers_pages(client, patient) | pin_pages(client)


def helpers_pages(client, patient):
    """Return the pages about who helps, and those of the helper's own phone."""
    found = {"helpers, none": client.get("/phone/helpers/"), "helper, refused": client.post("/phone/helpers/")}
    client.post("/phone/helpers/", {"name": "Άννα"})
    anna = patient.helpers.get()
    anna.codes.update(wrong_tries=3)  # its letters are no words
    found["helper, added"] = client.get(f"/phone/helpers/{anna.pk}/")
    asks = Client()
    asks.post("/j", {"token": anna.codes.get().token})
    helping = client_of(anna)
    found |= {
        "helpers": client.get("/phone/helpers/"),
        "helper, to stop": client.get(f"/phone/helpers/{anna.pk}/stop/"),
        "helper, asked": asks.get("/j/yes"),
        "helper's today": helping.get("/today/"),
        "helper leaves": helping.get("/phone/leave/"),
    }
    asks.post("/j/yes", {"answer": "yes"})
    found["helper's code, used"] = Client().post("/j", {"token": anna.codes.get().token})
    found["helper, stopped"] = client.post(f"/phone/helpers/{anna.pk}/stop/", follow=True)
    return found | {"helper, cut off": helping.get("/today/", follow=True)}


def pin_pages(client):
    """Return the pages about a PIN; the phone has none before and after."""
    found = {"pin": client.get("/phone/pin/"), "pin, refused": client.post("/phone/pin/", {"new_pin": "1234"})}
    found["pin, set"] = client.post("/phone/pin/", {"new_pin": "2580"}, follow=True)
    found["pin, to change"] = client.get("/phone/pin/")
    found["today behind a pin"] = client.get("/today/")
    device = Device.objects.get(session_key=client.session.session_key)
    session = client.session
    del session["pin_said"]
    session.save()
    found["pin, asked"] = client.get("/phone/")
    for left in range(4, -1, -1):
        found[f"pin, wrong, {left} left"] = client.post("/phone/", {"pin": "1379", "pin_page": "1"})
    Device.objects.filter(pk=device.pk).update(pin="", pin_tries=0)
    return found


def every_page(*, patient=PatientFactory, reads="en-gb", note="Stiff.", **words):
    """Return every page of a patient, in every state, by name.

    ``patient`` makes one; ``reads`` is the language that a browser asks for; ``words`` are those of the exercise,
    ``note`` what the patient types.
    """
    exercise = ExerciseFactory(**{"easings": ["Make it smaller"], **words})
    topic = TopicFactory(title=exercise.name, language=exercise.language)
    version = given_version(patient=patient(), exercises=3, weekdays="0123456", exercise=exercise, topics=[topic])
    client = client_of(version.patient.user)
    nobody = Client(headers={"accept-language": reads})
    code = make_pairing_code(patient=version.patient, by=version.given_by)
    found = {
        "code": nobody.get("/j"),
        "no code": nobody.post("/j", {"code": ""}),
        "wrong code": nobody.post("/j", {"code": "0000-0000-0000"}),
        "staff": client_of(version.given_by).get("/j"),
        "help": nobody.get("/help/"),
        "today": client.get("/today/"),
        "exercise": client.get(f"/today/exercises/{version.prescriptions.first().pk}/"),
        "topic": client.get(f"/today/topics/{version.pk}/1/"),
        "tell": client.get("/today/tell/"),
        "weeks": client.get("/today/weeks/"),
        "no plan": client_of(patient().user).get("/today/"),
    }
    nobody.post("/j", {"token": code.token})
    found |= {"confirm": nobody.get("/j/yes")} | pages_of_phones(version.patient, client, code)
    in_3_days = str((timezone.localdate().weekday() + 3) % 7)
    resting = given_version(patient=patient(), exercises=1, weekdays=in_3_days, exercise=exercise)
    found["rest"] = client_of(resting.patient.user).get("/today/")
    sent = {
        "session": "bad",
        "version": version.pk,
        "day": "bad",
        "pain": "11",
        "effort": "bad",
        "note": f"{note} " * 400,
    }
    found["error"] = client.post("/today/save/", sent)
    session = SessionFactory(version=version, pain=2)
    found |= {"day": client.get(f"/today/days/{a_day_ago()}/"), "change": client.get(f"/sessions/{session.pk}/change/")}
    found |= pages_that_ask(client, session, note)
    found["saved today"] = client.get("/today/")
    type(session).objects.update(received_at=timezone.now() - dt.timedelta(days=3))
    found["too late"] = client.get(f"/sessions/{session.pk}/change/")
    given_version(programme=version.programme, number=2, exercises=1, exercise=exercise)
    found["news"] = client.get("/today/")
    Programme.objects.update(status="ended", ended_at=timezone.now())
    found["ended"] = client.get("/today/")
    return found
