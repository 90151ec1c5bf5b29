"""A form sent from elsewhere, without our token, changes nothing anywhere."""

import pytest

from tests.structure.addresses import address, audience_of
from tests.structure.routes import POST, ROWS
from tests.structure.world import Visitor, build_world, client_of, every_row


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == POST], ids=str)
def test_post_without_a_token_is_refused_and_saves_nothing(row, db):
    world = build_world()
    for visitor in (Visitor.OWN_PHYSIO, Visitor.OWN_LEAD, Visitor.OWN_PATIENT):
        if not audience_of(row.route).admits(world.people[visitor]):
            continue
        client = client_of(world.people[visitor], enforce_csrf_checks=True)
        before = every_row(but=())
        response = client.post(address(row.route, world), row.posted(world))
        assert response.status_code == 403
        assert every_row(but=()) == before
