"""Icons, drawn in the page: no request, no sprite, the colour of the words beside them."""

from django import template

register = template.Library()
