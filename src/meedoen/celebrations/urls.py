"""The addresses of celebrations."""

from django.urls import path

import meedoen.pages.addresses  # noqa: F401  makes the kind of address known

from .afterwards import views as afterwards
from .makers import views as makers
from .pictures import views as pictures
from .views import offer, own, wall

app_name = "celebrations"

OWN = "successen/aanbod/<key:own_key>/"

urlpatterns = [
    path("feeds/successen.atom", wall.feed, name="feed"),
    path("successen/", wall.wall, name="wall"),
    path("successen/vertellen/", offer.offer, name="offer"),
    path("successen/vertellen/bewaren/", offer.save_draft, name="save_draft"),
    path("successen/mijn/", own.mine, name="mine"),
    path(OWN, own.page, name="own"),
    path(f"{OWN}veranderen/", own.change, name="change"),
    path(f"{OWN}intrekken/", own.withdraw, name="withdraw"),
    path(f"{OWN}terugzetten/", own.put_back, name="put_back"),
    path(f"{OWN}maker/", makers.ask, name="ask_maker"),
    path(f"{OWN}maker/<int:number>/weghalen/", makers.remove, name="remove_maker"),
    path(f"{OWN}foto/", pictures.add, name="add_picture"),
    path(f"{OWN}foto/<key:key>/", pictures.picture, name="picture"),
    path(f"{OWN}foto/<key:key>/weghalen/", pictures.remove, name="remove_picture"),
    path(f"{OWN}foto/<key:key>/terugzetten/", pictures.put_back, name="put_back_picture"),
    path("successen/foto/<key:key>/", pictures.picture_file, name="picture_file"),
    path("successen/foto/<key:key>/klein/", pictures.small_picture, name="small_picture"),
    path("successen/genoemd/<key:key>/", makers.named, name="named"),
    path("successen/genoemd/<key:key>/weghalen/", makers.withdraw, name="withdraw_name"),
    path("successen/genoemd/<key:key>/terug/", makers.come_back, name="come_back"),
    path("successen/geworden/<key:key>/", afterwards.became, name="became"),
    path("successen/geworden/<key:key>/weghalen/", afterwards.take_away, name="take_away"),
    path("successen/geworden/<key:key>/stop/", afterwards.stop, name="stop_asking"),
    path("successen/geworden/<key:key>/verder/", afterwards.go_on, name="go_on_asking"),
    path("successen/<slug:slug>/", wall.celebration, name="celebration"),
    path("successen/<slug:slug>/feliciteren/", wall.congratulate, name="congratulate"),
    path("successen/<slug:slug>/volgen/", wall.follow, name="follow"),
    path("successen/<slug:slug>/plaatje/<slug:mark>.png", wall.card_picture, name="card"),
]
