"""The deeds of those who write in a conversation: write, change, take back and put back; and what other deeds need for it."""

from .hearing import correct_words as correct_words
from .hearing import hear_answers as hear_answers
from .hearing import subject_of as subject_of
from .keeping import locked as locked
from .keeping import locked_thread as locked_thread
from .keeping import put_in_place as put_in_place
from .keeping import recount as recount
from .keeping import save as save
from .taking_back import put_back as put_back
from .taking_back import retract as retract
from .taking_back import why_not_back as why_not_back
from .writing import CANNOT_NOW as CANNOT_NOW
from .writing import CannotWrite as CannotWrite
from .writing import contribute as contribute
from .writing import edit as edit
