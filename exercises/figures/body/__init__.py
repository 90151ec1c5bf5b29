"""Skeleton and person → parts: the surfaces of whoever is drawn, and what they wear."""
