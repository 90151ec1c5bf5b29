"""The library's filters: a form that is only ever read."""

from django import forms

from exercises.search import KINDS, POSITIONS, TAGS, Search
from exercises.topics import About, Certainty
from hipcare.fields import LineField


class LibraryFilter(forms.Form):
    """Words and filters from the address; everything may be left out."""

    q = LineField(label="Search exercises", max_length=80, required=False)
    position = forms.MultipleChoiceField(choices=[*POSITIONS.items()], required=False)
    kind = forms.MultipleChoiceField(choices=[*KINDS.items()], required=False)
    tag = forms.MultipleChoiceField(choices=[*TAGS.items()], required=False)

    def search(self) -> Search:
        asked = self.cleaned_data
        return Search(
            words=asked["q"],
            positions=frozenset(asked["position"]),
            kinds=frozenset(asked["kind"]),
            tags=frozenset(asked["tag"]),
        )


class TopicFilter(forms.Form):
    """Words and shelves from the address; everything may be left out."""

    q = LineField(label="Search topics", max_length=80, required=False)
    about = forms.MultipleChoiceField(choices=About.choices, required=False)
    sure = forms.MultipleChoiceField(choices=Certainty.choices, required=False)


def query_of(search: Search) -> dict[str, str | list[str]]:
    """Return the address's part that asks for ``search``: the other way round."""
    query: dict[str, str | list[str]] = {
        "q": search.words,
        "position": sorted(search.positions),
        "kind": sorted(search.kinds),
        "tag": sorted(search.tags),
    }
    return {name: value for name, value in query.items() if value}
