"""The pages of the desk on which inserts are added, told of, placed and taken away."""

from .adding import add_document as add_document
from .adding import add_picture as add_picture
from .inserts import insert as insert
from .inserts import inserts as inserts
from .inserts import place as place
from .inserts import take_away as take_away
from .videos import add_video as add_video
from .videos import video as video
