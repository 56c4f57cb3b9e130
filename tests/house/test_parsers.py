"""Parsers of Markdown are shared by threads, so each is whole before the first of them reads a text."""

import pytest

from meedoen.conversation import text as conversation
from meedoen.kernel import text as kernel
from meedoen.language.checking import tokens

PARSERS = {
    "editors": lambda: kernel._parser.__wrapped__(is_editors=True),
    "mail": lambda: kernel._parser.__wrapped__(is_editors=False),
    "conversation": conversation._parser.__wrapped__,
    "meter": tokens._parser.__wrapped__,
}


@pytest.mark.parametrize("name", PARSERS)
def test_a_parser_is_whole_before_threads_share_it(name, monkeypatch):
    """The library puts its rules together at the first text; another thread that looks meanwhile finds none."""
    parser = PARSERS[name]()

    def in_the_middle(_ruler):
        raise AssertionError("its rules are put together while texts are read")

    monkeypatch.setattr("markdown_it.ruler.Ruler.__compile__", in_the_middle)
    assert "woord" in parser.render("Een *woord* en:\n\n- een lijst")
