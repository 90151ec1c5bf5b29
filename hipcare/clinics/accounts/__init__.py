"""Signing in: what HipCare uses of django-allauth, and its words for it."""
