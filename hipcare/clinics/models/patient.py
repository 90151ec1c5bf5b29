"""The person with the hip."""

import datetime as dt
import uuid
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from hipcare.clinics.finding import wanted
from hipcare.clinics.models.clinic import Clinic
from hipcare.clinics.models.user import User
from hipcare.clinics.precautions import HipPrecautions
from hipcare.columns import Line, Name
from hipcare.derived import DerivedLine, DerivedModel, DerivedQuerySet, DerivedText, SortKey
from hipcare.folding import fold, sort_key
from hipcare.languages import ENGLISH
from hipcare.telephone import dialled, digits_of

ADULT_AGE = 18
OLDEST_AGE = 120
PEOPLE_ARE_YOUNG_BELOW = 45
PEOPLE_ARE_OLD_FROM = 70


def age_on(day: dt.date, born: dt.date) -> int:
    """Return the age in whole years on ``day``; a birthday on 29 February counts from 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_an_adults_birthday(born: dt.date) -> None:
    age = age_on(timezone.localdate(), born)
    if age < 0:
        raise ValidationError("The date of birth is in the future. Check the year.", code="future")
    if age < ADULT_AGE:
        raise ValidationError("HipCare is for adults. This date of birth is under 18.", code="under_18")
    if age > OLDEST_AGE:
        raise ValidationError("This date of birth is more than 120 years ago. Check the year.", code="too_old")


def is_not_ahead(day: dt.date) -> None:
    if day > timezone.localdate():
        raise ValidationError("The date of the operation is in the future. Check the year.", code="future")


ARCHIVED = "This patient is archived. Bring them back first."
"""What to say to who wants to let somebody in or give a programme, from a page that was open meanwhile."""


class PatientQuerySet(DerivedQuerySet["Patient"]):
    def visible_to(self, user: User) -> Self:
        if user.is_clinic_staff:
            return self.filter(clinic=user.clinic_id)
        return self.filter(user=user.pk)

    def named(self, words: str) -> Self:
        """Return those whose names, number, telephone, date of birth, condition and physiotherapist are all that
        ``words`` say; see ``finding``.
        """
        asked = wanted(words)
        if asked.is_nothing and words.strip(" ,"):
            return self.none()  # signs alone
        found = self.filter(date_of_birth__in=asked.born) if asked.born else self
        for word in asked.words:
            found = found.filter(searched__contains=word)
        return found

    def of_physiotherapist(self, user: User) -> Self:
        """Return the patients of ``user``, who are of the clinic of ``user``."""
        return self.filter(physiotherapist=user.pk)

    def listed(self) -> Self:
        return self.filter(archived_at=None)

    def with_namesakes(self) -> Self:
        """Add ``namesakes``, how many of the clinic's lists have the same name, this one among them."""
        same = self.model._base_manager.filter(
            clinic=OuterRef("clinic"), sort_key=OuterRef("sort_key"), archived_at=None
        )
        return self.annotate(namesakes=Subquery(same.order_by().values("clinic").annotate(n=Count("pk")).values("n")))

    def twins_of(self, patient: "Patient") -> Self:
        """Return the others of the same clinic, name and date of birth; writing a name otherwise makes no other."""
        return self.filter(
            clinic=patient.clinic_id,
            sort_key=sort_key(patient.last_name, patient.first_name),
            date_of_birth=patient.date_of_birth,
        ).exclude(pk=patient.pk)


class PersonChoice(models.TextChoices):
    """Who stands in the patient's pictures: the people that ``exercises.figures`` draws, by their keys."""

    MAPLE = "maple", "Woman around 60, grey-blonde bob"
    BIRCH = "birch", "Older woman, short white hair, glasses"
    ROWAN = "rowan", "Older man, stout, bald crown, white moustache"
    CEDAR = "cedar", "Older man, dark skin, grey crop, short beard, glasses"
    WILLOW = "willow", "Older woman, brown skin, grey hair in a bun"
    ALDER = "alder", "Man around 40, brown hair"
    ASPEN = "aspen", "Woman around 30, dark skin, curly black hair"
    HAZEL = "hazel", "Woman around 50, headscarf"
    LINDEN = "linden", "Woman around 50, stout, brown bob"
    ROSEWOOD = "rosewood", "Man around 35, dark skin, short black hair"


def person_of_age(age: int) -> str:
    """Return who is drawn where nobody chose: of a patient's looks the record says how old they are, and no more."""
    if age < PEOPLE_ARE_YOUNG_BELOW:
        return PersonChoice.ASPEN
    return PersonChoice.MAPLE if age < PEOPLE_ARE_OLD_FROM else PersonChoice.BIRCH


class Patient(DerivedModel):
    """A clinic's patient: what the prescribing page and the sheet need to know."""

    class HipSide(models.TextChoices):
        LEFT = "left", "Left hip"
        RIGHT = "right", "Right hip"
        BOTH = "both", "Both hips"
        UNSPECIFIED = "", "Not known yet"

    class Precautions(models.TextChoices):
        NOT_ASKED = "", "Not asked yet"
        NONE = "none", "None"
        POSTERIOR = "posterior", "Posterior"
        ANTERIOR = "anterior", "Anterior"
        OTHER = "other", "Other"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="patients")
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="patient")
    first_name = Name(max_length=40)
    last_name = Name(max_length=40, blank=True)
    date_of_birth = models.DateField(validators=[is_an_adults_birthday])
    clinic_number = Line(max_length=20, blank=True)
    phone = Line(max_length=30, blank=True)
    affected_side = models.CharField(max_length=5, choices=HipSide, blank=True)
    condition = Line(max_length=80, blank=True)
    hip_precautions = models.CharField(max_length=10, choices=Precautions, blank=True)
    hip_precautions_note = Line("what the surgeon said", max_length=200, blank=True)
    hip_precautions_on = models.DateField("precautions checked on", null=True, blank=True)
    hip_precautions_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="precautions checked by"
    )
    operated_side = models.CharField("operated hip", max_length=5, choices=HipSide, blank=True)
    hip_precautions_since = models.DateField("day of the operation", null=True, blank=True)
    hip_precautions_review_on = models.DateField("look at the precautions again on", null=True, blank=True)
    person = models.CharField("person in the pictures", max_length=8, choices=PersonChoice, default=PersonChoice.MAPLE)
    language = models.CharField(max_length=20, default=ENGLISH)
    large_print = models.BooleanField("needs large print", default=False)
    # No index of its own: that of patients_of_a_physiotherapist begins with it.
    physiotherapist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="caseload", db_index=False)
    usual_pain = models.PositiveSmallIntegerField("usual pain, 0 to 10", null=True, blank=True)
    phone_dialled = DerivedLine("phone", by="phone_as_dialled", max_length=20, blank=True)
    sort_key = SortKey("last_name", "first_name", default=b"")
    searched = DerivedText(
        *("first_name", "last_name", "clinic_number", "phone", "condition", "physiotherapist"),
        by="words_to_find_it_by",
        blank=True,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The record of the same person that stays: all that was here is there.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged"
    )

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="patient_usual_pain_is_0_to_10", condition=Q(usual_pain__isnull=True) | Q(usual_pain__lte=10)
            ),
            models.CheckConstraint(
                name="other_precautions_say_what",
                condition=~Q(hip_precautions="other") | ~Q(hip_precautions_note=""),
                violation_error_message="Say what the surgeon said.",
            ),
            models.CheckConstraint(
                name="pictures_show_somebody_who_is_drawn",
                condition=Q(person__in=PersonChoice.values),
                violation_error_message="Choose one of the people in the pictures.",
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "sort_key"], name="patients_by_name"),
            models.Index(fields=["physiotherapist", "sort_key", "archived_at"], name="patients_of_a_physiotherapist"),
            models.Index(
                fields=["clinic", "sort_key"], condition=Q(archived_at__isnull=False), name="archived_patients_by_name"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """First and last name, or the one name there is, for staff; patients and paper use the first name alone."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def phone_as_dialled(self) -> str:
        return dialled(self.phone, self.clinic.calling_country)

    @property
    def words_to_find_it_by(self) -> str:
        """The folded names and number, also without what parts it, the telephone with and without its country, and
        beside them what it is about and whose patient it is.
        """
        number = fold(self.clinic_number)
        digits = digits_of(self.phone, self.clinic.calling_country)
        about = [fold(self.condition), fold(self.physiotherapist.name)]
        return " ".join(filter(None, [fold(self.full_name), number, number.replace(" ", ""), digits, *about]))

    @property
    def age(self) -> int:
        return age_on(timezone.localdate(), self.date_of_birth)

    @property
    def precautions(self) -> HipPrecautions:
        return HipPrecautions(
            kind=self.hip_precautions,
            note=self.hip_precautions_note,
            operated_side=self.operated_side,
            since=self.hip_precautions_since,
            set_by=self.hip_precautions_by.name if self.hip_precautions_by else "",
            set_on=self.hip_precautions_on,
            review_on=self.hip_precautions_review_on,
        )
