"""The application's name and place; it has no tables."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "meedoen.handover"
