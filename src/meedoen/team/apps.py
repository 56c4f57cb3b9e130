"""The application's name and place; what the team can do from the mail is made known when it starts."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "meedoen.team"

    def ready(self) -> None:
        from meedoen.celebrations import meeting
        from meedoen.coupling.introducing import sharing

        from . import acts, meetings, practices, privacy  # these need the models, which are there only now

        acts.register()
        privacy.declare()
        meeting.register(meetings.address_of)
        sharing.register(practices.hear_taken_back)
