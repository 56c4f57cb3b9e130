"""The application as a server calls it."""

import os

from django.core.wsgi import get_wsgi_application

from meedoen.config.supervisor import end_with_server

end_with_server()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
application = get_wsgi_application()
