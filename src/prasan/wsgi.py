"""The door of a web server: `granian --interface wsgi prasan.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.settings")
application = get_wsgi_application()
len(get_resolver().url_patterns)  # every page is loaded now, so that the first reader does not wait for it
# What is loaded once is never garbage: left among the rest, 150,000 objects were walked every few dozen pages, and the
# reader whose page it was waited for that (some 75 ms on a slow processor).
gc.collect()
gc.freeze()
# What a page makes it drops itself: looking for cycles at every 700 objects took a fifth of the slowest checks.
gc.set_threshold(10_000, 10, 10)
