"""The door for a web server: ``psoas.site.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "psoas.site.settings")

application = get_wsgi_application()
