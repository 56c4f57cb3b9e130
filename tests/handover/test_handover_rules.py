"""Which addresses come into the archive, and in which file each stands."""

import pytest

from meedoen.handover import rules

SITE = "https://meedoen.example"


@pytest.mark.parametrize(
    ("link", "at", "address"),
    [
        ("/nieuws/", "/", "/nieuws/"),
        ("?jaar=2018", "/nieuws/", "/nieuws/?jaar=2018"),
        ("?b=2&a=1", "/nieuws/", "/nieuws/?a=1&b=2"),
        ("#reacties", "/nieuws/x/", "/nieuws/x/"),
        ("#reacties", "/nieuws/?jaar=2018", "/nieuws/?jaar=2018"),
        ("fonts/a.woff2", "/static/ui/meedoen.css", "/static/ui/fonts/a.woff2"),
        ("../y/?pagina=2#reactie-3", "/nieuws/x/", "/nieuws/y/?pagina=2"),
        ("https://meedoen.example", "/", "/"),
        ("https://meedoen.example/forum/?toon=open", "/", "/forum/?toon=open"),
        ("/nieuws/x/?taal=gewoon", "/", "/nieuws/x/"),
        ("https://elders.example/nieuws/", "/", None),
        ("//elders.example/nieuws/", "/", None),
        ("mailto:hulp@voorbeeld.example", "/", None),
        ("tel:0700000000", "/", None),
        ("data:image/png;base64,AAAA", "/", None),
    ],
)
def test_a_link_has_one_address(link, at, address):
    assert rules.address_of(link, at=at, site=SITE) == address


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", True),
        ("jaar=2018", True),
        ("jaar=2018&voor=2018-01-01-1", True),
        ("jaar=2018&taal=makkelijk", True),
        ("jaar=2018&thema=wonen", False),
        ("jaar=2018&jaar=2019", False),
        ("q=speeltuin", False),
        ("thema=" + "x" * 200, False),
    ],
)
def test_a_page_is_kept_by_one_choice(query, kept):
    assert rules.is_kept_query(query) is kept


@pytest.mark.parametrize(
    ("view", "is_a_visitors_page", "kept"),
    [
        ("library:article", True, True),
        ("library:comment", False, False),  # asks something
        ("finding:search", True, False),
        ("forum:topic_feed", True, False),
        ("municipalities:map", False, True),
        ("team:today", False, False),
    ],
)
def test_only_what_visitors_read_is_kept(view, is_a_visitors_page, kept):
    assert rules.is_kept(view, is_a_visitors_page=is_a_visitors_page) is kept


@pytest.mark.parametrize(
    ("address", "kind", "file"),
    [
        ("/", "text/html", "index.html"),
        ("/?pagina=2", "text/html", "pagina-2.html"),
        ("/nieuws/", "text/html", "nieuws/index.html"),
        ("/nieuws/?jaar=2018", "text/html", "nieuws/jaar-2018.html"),
        ("/gemeenten/gemeenten.csv", "text/csv", "gemeenten/gemeenten.csv"),
        ("/nieuws/x/meenemen/x.pdf?taal=makkelijk", "application/pdf", "nieuws/x/meenemen/x-taal-makkelijk.pdf"),
        ("/bestanden/abc/", "image/jpeg", "bestanden/abc/index.jpg"),
        ("/bijeenkomsten/x/agenda.ics", "text/calendar", "bijeenkomsten/x/agenda.ics"),
    ],
)
def test_each_address_has_its_file(address, kind, file):
    assert rules.file_of(address, kind) == file


def test_names_that_a_file_system_refuses_are_others_and_differ():
    odd = ["/forum/werk/1-caf%C3%A9/", "/forum/werk/1-cafe%CC%81/", "/con/", "/a/../b/", "/" + "x" * 300 + "/", "/a:b/"]
    files = [rules.file_of(address, "text/html") for address in odd]
    assert len(set(files)) == len(odd)
    for file in files:
        for part in file.split("/"):
            assert part not in ("", ".", "..", "con")
            assert len(part) <= rules.MAX_NAME + len(".html")
            assert part.isascii()
            assert ":" not in part


def test_a_way_leads_from_file_to_file():
    assert rules.way("nieuws/index.html", at="index.html") == "nieuws/index.html"
    assert rules.way("static/ui/a.css", at="nieuws/x/index.html") == "../../static/ui/a.css"
    assert rules.way("index.html", at="nieuws/index.html") == "../index.html"


def test_the_list_of_all_pages_names_each_once():
    assert rules.is_listed("nieuws/x/index.html")
    assert not rules.is_listed("nieuws/jaar-2018.html")
    assert not rules.is_listed("nieuws/x/meenemen/index.html")
