"""The deeds: introduce, answer, look after what waits, ask what became of it, and what the team does with it."""

from .answering import begin_yes as begin_yes
from .answering import not_now as not_now
from .answering import note_need as note_need
from .answering import say_yes as say_yes
from .answering import take_back as take_back
from .following import FOLLOW_UP as FOLLOW_UP
from .following import Told as Told
from .following import answer as answer
from .following import ask_what_became as ask_what_became
from .following import may_share as may_share
from .following import take_answer_back as take_answer_back
from .following import tell as tell
from .following import tell_of_example as tell_of_example
from .forgetting import erase_old as erase_old
from .forgetting import forget_person as forget_person
from .introducing import introduce as introduce
from .steering import call_off as call_off
from .steering import change_questions as change_questions
from .steering import end as end
from .steering import note as note
from .steering import reopen as reopen
from .waiting import look_after as look_after
