"""A database that a test emptied holds again what migrating wrote in it, at the price of copying rows."""

import pytest
from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.management import create_contenttypes
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from tests.migrated import NAMES
from tests.starting import rows_of

from meedoen.keeping.models import Borne
from meedoen.people.models import Address

pytestmark = pytest.mark.django_db(transaction=True)


def names():
    return {table: rows_of(table) for table in NAMES}


def test_it_holds_the_same_names_as_before_and_django_would_add_none():
    Address.objects.create(email="ans@voorbeeld.example")
    before = names()
    assert ContentType.objects.get_for_model(Address).pk
    assert Permission.objects.count() > ContentType.objects.count() > 100
    call_command("flush", interactive=False, verbosity=0)
    assert (Address.objects.exists(), Borne.objects.exists()) == (False, True)
    assert names() == before
    for app in apps.get_app_configs():
        create_contenttypes(app, verbosity=0)
        create_permissions(app, verbosity=0)
    assert names() == before
