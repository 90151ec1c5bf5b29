"""The phases of a template as plain data, for a version to keep, and back. What the template says later stays outside.

Every column of an item is kept, whatever columns there are; one that comes later has its default in what is kept now.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from exercises.models import Exercise
from exercises.sides import Leg
from hipcare.clinics.models import User
from programmes.models.template import Template, TemplateItem
from programmes.rules.following import PinnedPhase

ELSEWHERE = {"id", "template", "phase", "exercise"}
COLUMNS = [field for field in TemplateItem._meta.concrete_fields if field.name not in ELSEWHERE]


def pinned(template: Template) -> dict[str, Any]:
    """Return the phases of ``template`` with all their items; nothing of a template without."""
    phases = [
        {
            "name": phase.name,
            "weeks": [*phase.weeks],
            "description": phase.description,
            "note": phase.note or template.note,
            "items": [pinned_item(item) for item in phase.items.all()],
        }
        for phase in template.phases.prefetch_related("items__exercise")
    ]
    if not phases:
        return {}
    plain: dict[str, Any] = json.loads(
        json.dumps({"template": template.pk, "name": template.name, "phases": phases}, cls=DjangoJSONEncoder)
    )
    return plain


def pinned_item(item: TemplateItem) -> dict[str, Any]:
    return {
        "exercise": str(item.exercise_id),
        "called": item.exercise.name,
        **{field.attname: field.value_from_object(item) for field in COLUMNS},
    }


def items_of(phase: PinnedPhase, by: User) -> list[TemplateItem]:
    """Return the items as they were pinned, of those exercises that are still there."""
    wanted = [item["exercise"] for item in phase.items]
    here = {str(pk): found for pk, found in Exercise.objects.visible_to(by).in_bulk(wanted).items()}
    return [item_from(item, here[item["exercise"]]) for item in phase.items if item["exercise"] in here]


def item_from(kept: Mapping[str, Any], exercise: Exercise) -> TemplateItem:
    known = {field.attname: field.to_python(kept[field.attname]) for field in COLUMNS if field.attname in kept}
    if kept.get("sore_leg_only"):  # as it was pinned before there was the other leg
        known["leg"] = Leg.SORE
    return TemplateItem(exercise=exercise, **known)
