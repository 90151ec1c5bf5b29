"""Derived columns: every model that has some keeps them right, and rows of before are filled in."""

import importlib

import pytest
from django.apps import apps
from django.db import connection

from hipcare.clinics.models import Clinic, Patient, User
from hipcare.derived import Derived, DerivedModel, DerivedQuerySet
from tests.factories import ClinicFactory, ExerciseFactory, PatientFactory, PhysioFactory, TemplateFactory

WITH_SOME = [model for model in apps.get_models() if any(isinstance(c, Derived) for c in model._meta.concrete_fields)]


def test_there_are_models_with_derived_columns():
    assert {model.__name__ for model in WITH_SOME} == {"Clinic", "User", "Patient", "Exercise", "Template", "Topic"}


@pytest.mark.parametrize("model", WITH_SOME, ids=lambda model: model.__name__)
def test_a_model_with_derived_columns_keeps_them_right_by_every_way_of_writing(model):
    assert issubclass(model, DerivedModel)
    assert isinstance(model._default_manager.all(), DerivedQuerySet)


@pytest.mark.parametrize("model", WITH_SOME, ids=lambda model: model.__name__)
def test_a_derived_column_names_real_sources(model):
    names = {column.name for column in model._meta.concrete_fields}
    derived = [column for column in model._meta.concrete_fields if isinstance(column, Derived)]
    assert all(column.sources and set(column.sources) <= names for column in derived)


MIGRATIONS = [
    "hipcare.clinics.migrations.0005_keys_and_what_staff_are_called",
    "exercises.migrations.0003_sorted_and_found_by_key",
    "programmes.migrations.0007_templates_sorted_by_key",
]


def test_rows_of_before_are_filled_in(db):
    clinic = ClinicFactory(name="Łąka", phone="(01632) 960118")
    physio = PhysioFactory(clinic=clinic, name="Dr Lee Novak")
    ann = PatientFactory(
        clinic=clinic, physiotherapist=physio, first_name="Zoë", last_name="Łuczak", phone="01632 960118"
    )
    exercise, template = ExerciseFactory(name="Émile’s bridge"), TemplateFactory(name="Ça va")
    tables = [model._meta.db_table for model in WITH_SOME]
    right = {table: rows_of(table) for table in tables}
    with connection.cursor() as cursor:
        for model in WITH_SOME:
            cursor.execute(f"UPDATE {model._meta.db_table} SET sort_key = %s", [b""])  # noqa: S608 - our own names
        cursor.execute("UPDATE clinics_patient SET searched = '', phone_dialled = ''")
        cursor.execute("UPDATE clinics_user SET called = ''")
        cursor.execute("UPDATE clinics_clinic SET phone_dialled = ''")
    assert Patient.objects.named("zoe").count() == 0
    for name in MIGRATIONS:
        importlib.import_module(name).work_out(apps, None)
    assert {table: rows_of(table) for table in tables} == right
    assert [patient.pk for patient in Patient.objects.named("zoe luczak")] == [ann.pk]
    assert (User.objects.get(pk=physio.pk).called, Clinic.objects.get().phone_dialled) == ("Dr Novak", "+441632960118")
    assert bytes(type(exercise).objects.get(pk=exercise.pk).sort_key) == b"emiles bridge"
    assert bytes(type(template).objects.get(pk=template.pk).sort_key) == b"ca va"


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
        return sorted(
            repr([bytes(value) if isinstance(value, memoryview) else value for value in row]) for row in cursor
        )
