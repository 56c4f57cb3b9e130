"""The addresses that can be mailed, on the pages where one does the same."""

import pytest
from tests.incoming_mail import DOMAIN

from meedoen.mail.incoming import routes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("domain", [DOMAIN, ""])
@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("/forum/vraag/", "vraag"),
        ("/koppelen/", "koppel"),
        ("/nieuwsbrief/", "nieuwsbrief"),
        ("/nieuwsbrief/aanvragen/", "nieuwsbrief"),
    ],
)
def test_a_page_names_the_address_where_mail_comes_in(client, settings, domain, page, name):
    settings.MAIL_IN_DOMAIN = domain
    told = client.get(page).content.decode()
    assert routes.of_name(name) is not None
    assert (f'href="mailto:{name}@{domain}"' in told) is bool(domain)
    assert ("Blijf je liever in je mail?" in told) is bool(domain)
