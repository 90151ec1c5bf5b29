"""The topics of a draft, to be ticked."""

from typing import Any

from django import forms

from exercises.search import find_topics
from programmes.models import Version
from programmes.models.version import MOST_TOPICS


class TopicsField(forms.MultipleChoiceField):
    """Up to three topics. The page sends an empty one beside the ticks, so that none ticked is sent too."""

    widget = forms.CheckboxSelectMultiple
    in_order: list[str] = []

    def offer(self, choices: list[tuple[str, str]]) -> None:
        self.choices, self.in_order = choices, [key for key, _title in choices]

    def to_python(self, value: Any) -> list[str]:
        return super().to_python([one for one in value or [] if one])

    def clean(self, value: Any) -> list[str]:
        ticked = super().clean(value)
        if len(ticked) > MOST_TOPICS:
            raise forms.ValidationError(f"Topics: at most {MOST_TOPICS}. Take {len(ticked) - MOST_TOPICS} away.")
        return [key for key in self.in_order if key in ticked]


def topic_choices(draft: Version) -> list[tuple[str, str]]:
    """Return what there is to choose, shelf by shelf; what is chosen already stays although it is out of use."""
    return [(str(topic.pk), topic.title) for topic in find_topics(draft.topics_to_choose(), "")]
