"""The door of a web server: `granian --interface wsgi prasan.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.settings")
application = get_wsgi_application()
