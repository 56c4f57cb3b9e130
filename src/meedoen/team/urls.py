"""The addresses of the team's desk."""

from django.urls import path

from . import views

app_name = "team"

urlpatterns = [
    path("team/", views.today, name="today"),
    path("team/bericht/<int:contribution_id>/", views.item, name="item"),
    path("team/bericht/<int:contribution_id>/plaatsen/", views.approve, name="approve"),
    path("team/bericht/<int:contribution_id>/weghalen/", views.remove, name="remove"),
    path("team/bericht/<int:contribution_id>/terugzetten/", views.restore, name="restore"),
]
