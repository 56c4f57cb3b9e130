"""What people read of a conversation: who wrote, what stands there now, and one page of it."""

from .mentioned import Writer as Writer
from .mentioned import choosable as choosable
from .mentioned import mentioned_in as mentioned_in
from .mentioned import named as named
from .mentioned import names_of as names_of
from .mentioned import offered as offered
from .names import HIDDEN_NAME as HIDDEN_NAME
from .names import capacity_shown as capacity_shown
from .names import first_words as first_words
from .names import gap_words as gap_words
from .names import name_shown as name_shown
from .names import words_of as words_of
from .pages import ThreadPage as ThreadPage
from .pages import show as show
from .pages import thread_about as thread_about
from .pages import thread_page as thread_page
from .pages import with_gaps as with_gaps
from .shown import OPENING as OPENING
from .shown import Deed as Deed
from .shown import Reader as Reader
from .shown import Shown as Shown
from .shown import shown_as as shown_as
from .waiting import usual_wait as usual_wait
