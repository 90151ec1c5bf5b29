"""What HipCare changes in django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):
    """Staff accounts are made by the clinic, never by signing up."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False
