"""Who may come at the team's desk."""

from meedoen.people.entrance.views import team_only as team_only
