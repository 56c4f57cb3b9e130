"""``vraag@…``: a mail becomes a question for the forum, once who sent it confirms it with the code that we mail them."""

from datetime import datetime

from meedoen.conversation.acts import points_of
from meedoen.conversation.beside_code import fit_name
from meedoen.conversation.mailed import bring_to_act, of_mail, problems_of, unfit
from meedoen.mail.incoming import routes
from meedoen.mail.incoming.routes import Came, Letter, NotTaken
from meedoen.people import actions as people
from meedoen.people import acts

from .acts import ASK
from .asking import mailed as asked
from .categories import CATEGORIES
from .forms import AskForm
from .rules import MAX_TITLE_LENGTH, MIN_TITLE_LENGTH, Kind
from .theming import theme_in

NAME = "vraag"


def register() -> None:
    """Make the address known; at start-up."""
    routes.register_name(NAME, ask)
    asked.register()


def ask(letter: Letter, now: datetime) -> Came:
    """Keep the question, its subject as title, and mail a code. A theme that is not sure is asked in that mail.

    Raises ``NotTaken``.
    """
    if refused := unfit(letter, reads_subject=True):
        return refused
    title = _title(letter)
    category = theme_in(f"{title}\n{letter.reply.text}")
    form = AskForm(
        {
            "kind": Kind.QUESTION.value,
            "category": category or next(iter(CATEGORIES)),
            "title": title,
            "text": letter.reply.text,
            "name": fit_name(letter.name),
            "email": letter.author,
            "mail_me": "on",  # who asks by mail reads the answer there
        }
    )
    if not form.is_valid():
        raise NotTaken(problems_of(form))
    try:
        points = points_of(form.cleaned_data["text"])
        act = people.keep(
            ASK,
            payload={**form.payload(), "category": category, "score": points, **of_mail(letter)},
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            network=f"mail:{letter.counts_for}",
            now=now,
        )
        bring_to_act(act, letter, now)
        people.ask_code(act, now=now, is_by_mail=True)
    except (people.Refused, acts.CannotDo) as problem:
        raise NotTaken(str(problem)) from problem
    return Came("question: code asked")


def _title(letter: Letter) -> str:
    """The subject; where it says too little, the first sentence."""
    subject = " ".join(letter.reply.subject.split())
    if len(subject) < MIN_TITLE_LENGTH:
        subject = next(line.strip() for line in letter.reply.text.splitlines() if line.strip())
    if len(subject) <= MAX_TITLE_LENGTH:
        return subject
    return subject[: MAX_TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
