"""The application's name and place; what it offers to floors below is made known when it starts."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meedoen.meetings"

    def ready(self) -> None:
        from meedoen.municipalities import beside
        from meedoen.themes import beside as about_themes

        from . import following, privacy, reading, searching  # these need the models, which are there only now
        from .afterwards import talking
        from .asking import acts as questions
        from .asking import privacy as asking
        from .attending import acts
        from .attending import privacy as attending
        from .attending.mailed import doors
        from .evaluating import privacy as evaluating
        from .hosting import privacy as hosting
        from .models import Meeting

        acts.register()
        doors.register()
        questions.register()
        following.register()
        talking.register(standing=searching.standing, about=searching.about)
        searching.register()
        privacy.declare()
        hosting.declare()  # what is held of who comes, before who comes is forgotten
        attending.declare()
        asking.declare()
        evaluating.declare()
        beside.register_section("meetings", reading.beside_municipality, place=50)
        beside.register_moment(Meeting.objects.all().next_change)
        about_themes.register(reading.about_theme)
