"""The stamp of a page, as a browser would send it back."""

import re


def stamp_on(page):
    """Return the stamp in the HTML of ``page``."""
    return re.search(r'name="stamp" value="([^"]+)"', page).group(1)
