"""The application's name and place; what it offers to floors below is made known when it starts."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meedoen.meetings"
