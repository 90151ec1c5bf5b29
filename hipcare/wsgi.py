"""The door for gunicorn: ``gunicorn hipcare.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

from hipcare.patience import be_brief

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hipcare.settings")

application = get_wsgi_application()
be_brief()
