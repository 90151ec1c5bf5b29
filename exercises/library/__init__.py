"""The library: the files it is loaded from, and the signatures under what patients read."""
