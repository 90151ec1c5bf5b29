"""How the database reads the list, as it says itself: from summaries and patients of one clinic, by an index."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import PatientFactory, PhysioFactory, SessionFactory, given_version

ADDRESSES = [
    f"/patients/?{whose}&{query}"
    for whose in ("whose=mine", "whose=all")
    for query in ("sort=look", "sort=name", "show=look", "show=review", "show=quiet", "show=none", "sort=last")
]


@pytest.fixture
def staff(db, client, time_machine):
    """Somebody whose patients each filter finds."""
    time_machine.move_to(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC))
    physio = PhysioFactory()
    PatientFactory(clinic=physio.clinic, physiotherapist=physio)
    for _ in range(3):
        patient = PatientFactory(clinic=physio.clinic, physiotherapist=physio)
        SessionFactory(version=given_version(patient=patient), local_date=dt.date(2026, 10, 2))
    time_machine.move_to(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC))
    client.force_login(physio, backend="hipcare.clinics.backends.StaffBackend")
    return client


def read_by(client, address):
    """Return the list's own queries."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured if re.search("clinics_patient|programmes_", query["sql"])]


def plan_of(sql):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off")  # with three rows it would not use an index
            cursor.execute(f"EXPLAIN {sql}")
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_query_of_the_list_reads_sessions_or_scans_a_table(staff, address):
    queries = read_by(staff, address)
    assert len(queries) == 4  # the clinic's summary before and after, counts, rows
    for sql in queries:
        assert not re.search(r"programmes_(session|performed|version|prescription)", sql)
        for step in plan_of(sql):
            assert not re.match(r"SCAN (programmes|clinics)_", step), step
            assert "Seq Scan" not in step, step


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only on sqlite: it says which part of an index it reads")
@pytest.mark.parametrize(("whose", "column"), [("mine", "physiotherapist_id"), ("all", "clinic_id")])
def test_each_count_reads_no_more_of_its_index_than_it_counts(staff, whose, column):
    counts = read_by(staff, f"/patients/?whose={whose}")[1]
    steps = [re.search(r"(COVERING )?INDEX (\w+) \((.*)\)", step) for step in plan_of(counts)]
    read = [(step[2], step[3].replace(column, "whose")) for step in steps if step and "summary" not in step[2]]
    early, review, quiet = (f"whose=? AND place{rest}" for rest in ("<?", "=? AND review_on<?", "=? AND quiet_since<?"))
    name = column.removesuffix("_id")
    of_summaries = [(index.removeprefix(f"{name}_"), of) for index, of in read if index.startswith(name)]
    expected = [("early", early), ("review", review), ("early", early), ("quiet", quiet), ("draft", "whose=?")]
    expected += [("given", "whose=?")] if whose == "mine" else []
    expected += [("early", early), ("review", review), ("quiet", quiet), ("easy", "whose=?")]
    assert [of for _index, of in of_summaries] == [of for _index, of in expected]
    assert [index for index, _of in of_summaries if index in {"draft", "easy"}] == ["draft", "easy"]
