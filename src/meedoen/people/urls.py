"""The addresses of acts that wait for their code, and of coming in and going out."""

from django.urls import path

import meedoen.pages.addresses  # noqa: F401  makes the kind of address known

from . import views
from .along.urls import urlpatterns as along
from .entrance.urls import urlpatterns as entrance
from .mailing.urls import urlpatterns as mailing
from .mailtrouble.urls import urlpatterns as mailtrouble
from .privacy.urls import urlpatterns as privacy
from .standing.urls import urlpatterns as standing
from .vault.urls import urlpatterns as vault

app_name = "people"

urlpatterns = [
    path("bevestigen/<key:key>/", views.act, name="act"),
    path("bevestigen/<key:key>/aanpassen/", views.change, name="change"),
    path("bevestigen/<key:key>/bewaren/", views.save_draft, name="save_draft"),
    path("bevestigen/<key:key>/versturen/", views.ask_code, name="ask_code"),
    path("bevestigen/<key:key>/code/", views.confirm, name="confirm"),
    path("bevestigen/<key:key>/plaatsen/", views.carry_out, name="carry_out"),
    path("bevestigen/<key:key>/weggooien/", views.discard, name="discard"),
    path("bevestigen/<key:key>/terughalen/", views.put_back, name="put_back"),
    *entrance,
    *mailing,
    *privacy,
    *vault,
    *standing,
    *along,
    *mailtrouble,
]
