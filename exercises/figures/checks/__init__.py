"""Whether a figure can stand like that: reaches, ranges, contacts. Draws nothing."""
