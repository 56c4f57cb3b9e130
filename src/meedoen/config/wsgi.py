"""The application as a server calls it."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from meedoen.config.supervisor import end_with_server
from meedoen.config.waiting import give_up_in_time
from meedoen.keeping import others
from meedoen.shared import memory, release

end_with_server()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
give_up_in_time(settings.DATABASES["default"])
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # all that the pages need is loaded now, not by the first visitor
if memory.is_there():
    release.mark()  # which takes a fifth of a second
others.keep_open()
gc.collect()
gc.freeze()  # what stays for good: looking through it took the collector 50 to 100 ms, every few dozen pages
