"""One exercise set up, in one style, and its stills: room, shadow, ghost, figure and arrow in one picture."""
