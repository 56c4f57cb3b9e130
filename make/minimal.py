"""The least that Django can do to show an article or a topic to somebody signed in; only the bench knows it.

It remembers nothing between two requests, as a page that somebody wrote in an hour would not.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import Context, Template
from django.urls import path

from meedoen.conversation.models import Contribution
from meedoen.conversation.rules import PAGE_SIZE
from meedoen.conversation.text import render
from meedoen.forum.models import Topic
from meedoen.kernel.text import render_markdown
from meedoen.library.models import Article
from meedoen.people.models import Person

PAGE = Template(
    """<!doctype html><html lang="nl"><title>{{ article.title }}</title><body><p>{{ person.name }}</p>
<h1>{{ article.title }}</h1><p>{{ article.summary }}</p>
<ul>{% for theme in article.themes.all %}<li>{{ theme.short }}</li>{% endfor %}</ul>
<ul>{% for each in article.municipalities.all %}<li>{{ each.name }}</li>{% endfor %}</ul>
{{ body }}
<ul>{% for each in article.sources.all %}<li>{{ each.text }}</li>{% endfor %}</ul>
{% for each, html in reactions %}<h3>{{ each.number }}. {{ each.person.name }}, {{ each.created_at }}</h3>{{ html }}{% endfor %}
<form method="post"><textarea name="text"></textarea><button>Plaats</button></form></body></html>"""
)


def article(request: HttpRequest, slug: str) -> HttpResponse:
    """The page."""
    found = get_object_or_404(Article.objects.prefetch_related("themes", "municipalities", "sources"), slug=slug)
    contributions = (
        Contribution.objects.filter(thread__kind="article", thread__key=str(found.pk), state="shown")
        .select_related("person__municipality")
        .order_by("number")[:PAGE_SIZE]
    )
    context = {
        "article": found,
        "body": render_markdown.__wrapped__(found.body),
        "person": Person.objects.get(address=request.user),
        "reactions": [(each, render.__wrapped__(each.text)) for each in contributions],
    }
    return HttpResponse(PAGE.render(Context(context)))


TOPIC = Template(
    """<!doctype html><html lang="nl"><title>{{ topic.title }}</title><body><p>{{ person.name }}</p>
<h1>{{ topic.title }}</h1>
{% for each, html in contributions %}<article id="reactie-{{ each.number }}"><h2>{{ each.number }}. {{ each.person.name }}</h2>
<p>{{ each.created_at }}</p>{{ html }}<p><a href="{% url 'reply' each.pk %}">Antwoord</a> <a href="{% url 'report' each.pk %}">Meld</a></p></article>{% endfor %}
<form method="post"><textarea name="text"></textarea><button>Plaats</button></form></body></html>"""
)


def topic(request: HttpRequest, category: str, topic_id: int, slug: str) -> HttpResponse:
    """The page of a topic."""
    found = get_object_or_404(Topic.objects.select_related("thread"), pk=topic_id)
    contributions = (
        found.thread.contributions.filter(state="shown")
        .select_related("person__municipality")
        .order_by("number")[:PAGE_SIZE]
    )
    context = {
        "topic": found,
        "person": Person.objects.get(address=request.user),
        "contributions": [(each, render.__wrapped__(each.text)) for each in contributions],
    }
    return HttpResponse(TOPIC.render(Context(context)))


urlpatterns = [
    path("nieuws/<slug:slug>/", article),
    path("forum/<slug:category>/<int:topic_id>-<str:slug>/", topic),
    path("antwoord/<int:pk>/", topic, name="reply"),
    path("melden/<int:pk>/", topic, name="report"),
]
