"""Curves → marks: paths with a colour and a width, of the figure and of what stands around it; and their SVG."""
