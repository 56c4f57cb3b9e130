"""The addresses of the desk."""

from django.urls import path

from meedoen.library.inserts import handing_out
from meedoen.library.inserts import views as inserts

from .views import lists, looking, publishing, versions, writing

urlpatterns = [
    path("beheer/", lists.desk, name="desk"),
    path("beheer/op-de-site/", lists.on_the_site, name="on_the_site"),
    path("beheer/nieuw/", lists.begin, name="begin"),
    path("beheer/tekst/<int:article_id>/", lists.begin_from, name="begin_from"),
    path("beheer/voorbeeld/<key:key>/", looking.linked, name="linked"),
    path("beheer/<int:work_id>/", looking.work, name="work"),
    path("beheer/<int:work_id>/bewerken/", writing.edit, name="edit"),
    path("beheer/<int:work_id>/bewaren/", writing.keep_typing, name="keep_typing"),
    path("beheer/<int:work_id>/getypt/<key:key>/weggooien/", writing.forget_typing, name="forget_typing"),
    path("beheer/<int:work_id>/getypt/<key:key>/samen/", writing.meet, name="meet"),
    path("beheer/<int:work_id>/voorbeeld/", looking.preview, name="preview"),
    path("beheer/<int:work_id>/voorbeeld/telefoon/", looking.preview_on_phone, name="preview_on_phone"),
    path("beheer/<int:work_id>/link/", looking.make_link, name="make_link"),
    path("beheer/<int:work_id>/beelden/", inserts.inserts, name="inserts"),
    path("beheer/<int:work_id>/beeld-erbij/", inserts.add_picture, name="add_picture"),
    path("beheer/<int:work_id>/bestand-erbij/", inserts.add_document, name="add_document"),
    path("beheer/<int:work_id>/video-erbij/", inserts.add_video, name="add_video"),
    path("beheer/<int:work_id>/video/<slug:name>/", inserts.video, name="video"),
    path("beheer/<int:work_id>/beelden/<slug:name>/", inserts.insert, name="insert"),
    path("beheer/<int:work_id>/beelden/<slug:name>/weghalen/", inserts.take_away, name="take_insert_away"),
    path("beheer/<int:work_id>/beelden/<slug:name>/plaatsen/", inserts.place, name="place_insert"),
    path("bij-tekst/<key:key>/", handing_out.insert_file, name="insert_file"),
    path("bij-tekst/<key:key>/<slug:form>/", handing_out.insert_form, name="insert_form"),
    path("bij-tekst/<key:key>/delen/<slug:focus>/", handing_out.insert_cut, name="insert_cut"),
    path("beheer/<int:work_id>/vragen/", looking.ask, name="ask_team"),
    path("beheer/<int:work_id>/niet-vragen/", looking.stop_asking, name="stop_asking"),
    path("beheer/<int:work_id>/opmerking/", looking.remark, name="remark"),
    path("beheer/<int:work_id>/publiceren/", publishing.publish, name="publish"),
    path("beheer/<int:work_id>/afzeggen/", publishing.stop_plan, name="stop_plan"),
    path("beheer/<int:work_id>/weghalen/", publishing.withdraw, name="withdraw"),
    path("beheer/<int:work_id>/terugzetten/", publishing.put_back, name="put_back"),
    path("beheer/<int:work_id>/adres/", publishing.rename, name="rename"),
    path("beheer/<int:work_id>/weggooien/", publishing.discard, name="discard"),
    path("beheer/<int:work_id>/weigeren/", publishing.refuse, name="refuse_offer"),
    path("beheer/<int:work_id>/terughalen/", publishing.take_back, name="take_back"),
    path("beheer/<int:work_id>/versies/", versions.versions, name="versions"),
    path("beheer/<int:work_id>/versies/vergelijken/", versions.compare, name="compare"),
    path("beheer/<int:work_id>/versies/<int:number>/herstellen/", versions.restore, name="restore"),
]
