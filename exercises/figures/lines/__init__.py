"""Fields → smooth curves: a figure’s fills, shades and lines, each of a material, still without a colour."""
