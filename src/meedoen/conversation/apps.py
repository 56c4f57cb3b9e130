"""The application's name and place."""

from django.apps import AppConfig


class ConversationConfig(AppConfig):
    name = "meedoen.conversation"
