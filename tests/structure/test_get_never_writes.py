"""Looking changes nothing: a GET leaves every table as it was, save one row in the trail for a patient's record."""

import pytest

from hipcare.audit.models import Entry
from tests.structure.addresses import address, audience_of
from tests.structure.routes import GET, LOOKS, LOOKS_AT_ANOTHER, ROWS
from tests.structure.world import Visitor, build_world, client_of, every_row


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == GET], ids=str)
def test_get_writes_nothing_but_one_look_by_staff(row, db):
    world = build_world()
    for visitor in (Visitor.OWN_PHYSIO, Visitor.OWN_LEAD, Visitor.OWN_PATIENT):
        person = world.people[visitor]
        if not audience_of(row.route).admits(person):
            continue
        client = client_of(person)
        before, looks = every_row(), Entry.objects.count()
        client.get(address(row.route, world))
        assert every_row() == before
        assert Entry.objects.count() - looks == (1 if row.route in LOOKS and person.is_clinic_staff else 0)
        if row.route in LOOKS and person.is_clinic_staff:
            newest = Entry.objects.order_by("-at").first()
            of_whom = world.source if row.route in LOOKS_AT_ANOTHER else world.patient
            assert (newest.action, newest.actor, newest.patient) == (Entry.Action.LOOK, person.pk, of_whom.pk)


def test_every_look_is_at_an_address():
    assert {row.route for row in ROWS if row.method == GET} >= LOOKS
