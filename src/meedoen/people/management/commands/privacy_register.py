"""Print the register of processing (AVG art. 30) from what the packages declare."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from meedoen.people.privacy.register import holdings

# AVG art. 35 (3): what a privacy officer weighs, drawn from what this code does and does not do.
ASSESSMENT = """## Gegevensbescherming: wat een functionaris moet wegen (DPIA)

- De site is voor een deel van mensen met een beperking. Dat iemand ervaringsdeskundige is, kan iets zeggen over gezondheid. De rol staat er alleen als iemand die zelf kiest.
- Er zijn geen cookies voor bezoekers, geen verzoeken aan anderen, geen profielen en geen besluiten door een machine alleen.
- Wat iemand begint, wordt bewaard voordat het is bevestigd, en na 7 dagen gewist.
- Wat iemand nodig heeft om mee te doen, ligt versleuteld in een kluis met een eigen sleutel. Het wordt gevraagd met toestemming, voor één doel, en gewist na een datum. Elke blik van een ander wordt bewaard en is te zien voor wie het betreft.
- Iedereen kan alles over zichzelf bekijken, meenemen en laten wissen op /mijn/gegevens/.
"""


class Command(BaseCommand):
    """``meedoen privacy-register``: Markdown, in Dutch, for the privacy officer."""

    help = "Print the register of processing and the facts for a DPIA, from the code's own declarations."

    def handle(self, *args: Any, **options: Any) -> None:
        write = self.stdout.write
        write(f"# Register van verwerkingen: {settings.SITE_NAME}\n")
        write(f"Verantwoordelijk: {settings.CONTROLLER}. Vragen: {settings.HELP_EMAIL}.\n")
        for holding in reversed(holdings()):
            write(f"## {holding.name}\n")
            write(f"- Wat: {holding.what}")
            write(f"- Doel: {holding.why}")
            write(f"- Grondslag: {holding.basis}")
            write(f"- Bewaartermijn: {holding.until}")
            write(f"- Tabellen: {', '.join(table._meta.db_table for table in holding.tables)}\n")
        write(ASSESSMENT)
