"""What a clinic lead types to add a colour to the list of bands, or to call one otherwise."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hipcare.clinics.bands import LONGEST_BAND, MOST_BANDS, as_listed
from hipcare.clinics.forms.error_words import in_our_words
from hipcare.fields import LineField, has_a_letter


class BandForm(forms.Form):
    """A colour: a new one, or a new name for ``band``. It names what it changes, so it overwrites nobody's words."""

    colour = LineField(label="Colour", max_length=LONGEST_BAND, validators=[has_a_letter])

    def __init__(self, bands: Sequence[str], band: str = "", posted: Any = None) -> None:
        place = bands.index(band) + 1 if band in bands else "new"
        super().__init__(posted, initial={"colour": band}, auto_id=f"%s-{place}")
        self.bands, self.band = bands, band
        self.fields["colour"].label = "New colour" if place == "new" else f"Colour {place}"
        in_our_words(self.fields["colour"], "colour")

    def clean_colour(self) -> str:
        """Return it as the list spells it; refuse what the list cannot take up."""
        others = [one for one in self.bands if one != self.band]
        colour = as_listed(str(self.cleaned_data["colour"]), others)
        if colour in self.bands:
            if self.band in self.bands and colour != self.band:
                raise ValidationError(f"“{colour}” is in the list already")
        elif self.band and self.band not in self.bands:
            raise ValidationError("The colour you renamed is no longer in the list. Nothing was changed")
        elif not self.band and len(self.bands) >= MOST_BANDS:
            raise ValidationError(f"There are {MOST_BANDS} colours. Take one away first")
        return colour

    @property
    def list_with_it(self) -> list[str]:
        """The list as it is then: the same where it holds the colour already."""
        colour = self.cleaned_data["colour"]
        if colour in self.bands:
            return list(self.bands)
        return [colour if one == self.band else one for one in self.bands] if self.band else [*self.bands, colour]
