"""The deeds around inserts: add one to a text at the desk, tell something else of it, take it away, put its line in the text."""

from .adding import add_document as add_document
from .adding import add_picture as add_picture
from .adding import add_video as add_video
from .adding import tell_video as tell_video
from .erasing import erase_old as erase_old
from .keeping import CannotAdd as CannotAdd
from .reading import read_some as read_some
from .telling import place as place
from .telling import take_away as take_away
from .telling import tell as tell
from .telling import told_document as told_document
from .telling import told_picture as told_picture
from .telling import told_video as told_video
