"""The deeds: run a round, introduce whom it proposes, keep two together or apart, put the words right."""

from .allowed import must_be_team as must_be_team
from .deciding import introduce as introduce
from .deciding import keep_apart as keep_apart
from .deciding import keep_together as keep_together
from .deciding import let_go as let_go
from .deciding import reword as reword
from .erasing import erase_old as erase_old
from .erasing import forget_person as forget_person
from .running import IN_COUPLING as IN_COUPLING
from .running import NOT_YET as NOT_YET
from .running import run as run
