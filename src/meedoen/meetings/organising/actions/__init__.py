"""The deeds of who organises: begin and change a meeting, bring it to readers, and take it from them."""

from .beginning import begin as begin
from .beginning import copied as copied
from .beginning import free_slug as free_slug
from .beginning import templates as templates
from .changing import Answers as Answers
from .changing import CannotDo as CannotDo
from .changing import ChangedMeanwhile as ChangedMeanwhile
from .changing import HasGaps as HasGaps
from .changing import MustSay as MustSay
from .changing import save as save
from .publishing import cancel as cancel
from .publishing import discard as discard
from .publishing import go_on as go_on
from .publishing import publish as publish
from .publishing import put_back as put_back
from .publishing import rename as rename
from .publishing import stop_plan as stop_plan
from .publishing import withdraw as withdraw
