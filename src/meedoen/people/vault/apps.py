"""The application's name and place; a label of its own, so that a backup or a dump can leave the vault out."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "meedoen.people.vault"
    label = "vault"

    def ready(self) -> None:
        from . import incoming, letters, privacy  # these need the models, which are there only now

        incoming.register()
        letters.register()
        privacy.declare()
