"""The addresses of acts that wait for their code, and of coming in and going out."""

from django.urls import path

from . import views
from .entrance.urls import urlpatterns as entrance
from .privacy.urls import urlpatterns as privacy
from .standing.urls import urlpatterns as standing
from .vault.urls import urlpatterns as vault

app_name = "people"

urlpatterns = [
    path("bevestigen/<str:key>/", views.act, name="act"),
    path("bevestigen/<str:key>/aanpassen/", views.change, name="change"),
    path("bevestigen/<str:key>/bewaren/", views.save_draft, name="save_draft"),
    path("bevestigen/<str:key>/versturen/", views.ask_code, name="ask_code"),
    path("bevestigen/<str:key>/code/", views.confirm, name="confirm"),
    path("bevestigen/<str:key>/plaatsen/", views.carry_out, name="carry_out"),
    path("bevestigen/<str:key>/weggooien/", views.discard, name="discard"),
    path("bevestigen/<str:key>/terughalen/", views.put_back, name="put_back"),
    *entrance,
    *privacy,
    *vault,
    *standing,
]
