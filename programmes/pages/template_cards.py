"""The templates of a clinic's list, shared and own: searched, filtered, in order, each with how often it was used."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from exercises.dosage import minutes_for
from exercises.models import Exercise
from hipcare.clinics.models import User
from hipcare.folding import fold
from programmes.models import Phase, Template, TemplateItem, Version
from programmes.pages.list_query import searched

PICTURES = 4
ANY_SIDE = "left"


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """One template, and in how many programmes of the clinic it was begun with."""

    template: Template
    parts: Sequence[Phase | Template]
    used: int

    @property
    def is_own(self) -> bool:
        return self.template.clinic_id is not None

    @property
    def phases(self) -> list[Phase]:
        return [part for part in self.parts if isinstance(part, Phase)]

    @property
    def items(self) -> list[TemplateItem]:
        return [item for part in self.parts for item in part.items.all()]

    @property
    def pictures(self) -> list[Exercise]:
        """The first of its exercises, each once."""
        first = {item.exercise_id: item.exercise for item in self.items}
        return list(first.values())[:PICTURES]

    @property
    def counts(self) -> str:
        """How much there is in it: "4 exercises, about 12 min", "3 phases, 4 to 6 exercises"."""
        sizes = sorted(len(part.items.all()) for part in self.parts)
        some = str(sizes[-1]) if sizes[0] == sizes[-1] else f"{sizes[0]} to {sizes[-1]}"
        words = f"{some} exercise{'' if some == '1' else 's'}"
        if self.phases:
            return f"{len(sizes)} phase{'' if len(sizes) == 1 else 's'}, {words}"
        return f"{words}, about {self._minutes} min" if self.items else words

    @property
    def _minutes(self) -> int:
        return sum(minutes_for(item.dose, item.side_for(ANY_SIDE)) for item in self.items)

    @property
    def words(self) -> str:
        """What it is found by, folded."""
        names = [item.exercise.name for item in self.items]
        labels = [phase.name for phase in self.phases]
        return fold(" ".join([self.template.name, self.template.description, *labels, *names]))

    @property
    def needs_no_floor(self) -> bool:
        return bool(self.items) and all("no_floor" in item.exercise.tags for item in self.items)


SHOWN: dict[str, tuple[str, Callable[[TemplateCard], bool]]] = {
    "all": ("All", lambda card: not card.template.retired),
    "ours": ("Ours", lambda card: card.is_own and not card.template.retired),
    "shared": ("Shared", lambda card: not card.is_own),
    "no-floor": ("No floor", lambda card: card.needs_no_floor and not card.template.retired),
    "deleted": ("Deleted", lambda card: card.template.retired),
}
ORDERS: dict[str, tuple[str, Callable[[TemplateCard], Any]]] = {
    "ours": ("Ours first", lambda card: (not card.is_own, card.template.order, card.template.sort_key)),
    "used": ("Used most", lambda card: (-card.used, card.template.sort_key)),
    "name": ("Name", lambda card: card.template.sort_key),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the filters or orders, with how many it shows."""

    key: str
    name: str
    is_chosen: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class TemplateList:
    """The list as it was asked for."""

    cards: Sequence[TemplateCard]
    shown: Sequence[Choice]
    orders: Sequence[Choice]
    words: str
    is_empty: bool
    """Whether there is nothing at all, whatever is asked."""


def template_list_of(user: User, asked: Mapping[str, Any]) -> TemplateList:
    """Return the list for staff. What was taken out stands only where it is asked for, and only the clinic's own."""
    cards = [card for card in _cards(user) if card.is_own or not card.template.retired]
    words = searched(str(asked.get("q", "")))
    show = str(asked.get("show", "")) if asked.get("show") in SHOWN else "all"
    order = str(asked.get("sort", "")) if asked.get("sort") in ORDERS else "ours"
    found = [card for card in cards if all(word in card.words for word in fold(words).split())]
    here = [card for card in found if SHOWN[show][1](card)]
    shown = [Choice(key, name, key == show, sum(map(is_in, found))) for key, (name, is_in) in SHOWN.items()]
    return TemplateList(
        cards=sorted(here, key=ORDERS[order][1]),
        shown=[one for one in shown if one.count or one.is_chosen or one.key in ("all", "ours", "shared")],
        orders=[Choice(key, name, key == order) for key, (name, _key) in ORDERS.items()],
        words=words,
        is_empty=not cards,
    )


def _cards(user: User) -> Iterable[TemplateCard]:
    templates = Template.objects.visible_to(user).prefetch_related("items__exercise", "phases__items__exercise")
    used = used_for(user)
    return [TemplateCard(template, template.parts, used.get(template.pk, 0)) for template in templates]


def used_for(user: User) -> dict[Any, int]:
    """Return by template how many programmes of the clinic have a given version that was begun with it."""
    versions = Version.objects.visible_to(user).filter(number__isnull=False, template__isnull=False)
    counted = versions.order_by().values_list("template").annotate(Count("programme", distinct=True))
    return dict(counted)
