"""The addresses for who organises."""

from django.urls import path

from .views import lists, publishing, work

ONE = "team/bijeenkomsten/<int:number>/"

urlpatterns = [
    path("team/bijeenkomsten/", lists.organising, name="organising"),
    path("team/bijeenkomsten/nieuw/", lists.begin, name="begin"),
    path(ONE, work.work, name="organise"),
    path(f"{ONE}deel/<slug:part>/", work.part, name="part"),
    path(f"{ONE}voorbeeld/", work.preview, name="preview"),
    path(f"{ONE}publiceren/", publishing.publish, name="publish"),
    path(f"{ONE}niet-plannen/", publishing.stop_plan, name="stop_plan"),
    path(f"{ONE}afzeggen/", publishing.cancel, name="cancel"),
    path(f"{ONE}toch-door/", publishing.go_on, name="go_on"),
    path(f"{ONE}weghalen/", publishing.withdraw, name="withdraw"),
    path(f"{ONE}terugzetten/", publishing.put_back, name="put_back"),
    path(f"{ONE}adres/", publishing.rename, name="rename"),
    path(f"{ONE}weggooien/", publishing.discard, name="discard"),
]
