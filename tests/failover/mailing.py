"""Mails to send while the database falls over; run where the site's own settings are."""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from meedoen.kernel import clock  # noqa: E402
from meedoen.mail import actions  # noqa: E402

now = clock.now()
with transaction.atomic():
    for number in range(int(sys.argv[1])):
        actions.send(
            "mail/test_mail.md", to=f"overval-{number}@voorbeeld.example", context={"sent_at": now},
            key=f"overval-{now.timestamp()}-{number}", now=now,
        )  # fmt: skip
sys.stdout.write("ok\n")
