"""What django-allauth is told about this house: its letters are ours, and no second step is ever asked."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from meedoen.kernel import clock
from meedoen.kernel.identifiers import unguessable
from meedoen.mail import actions as mail
from meedoen.mail.secret_words import secret
from meedoen.people import codes, rules

NO_NETWORK = "0.0.0.0"  # noqa: S104 – not an address to listen on: where allauth wants to store one, we keep none


class Adapter(DefaultAccountAdapter):
    """Mails through our outbox, makes our codes, and keeps no internet address of anybody."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the one letter that we let allauth send. Raises ``LookupError`` for any other: none of its own goes out."""
        if template_prefix != "account/email/login_code":
            raise LookupError(f"allauth wants to send {template_prefix}")
        now = clock.now()
        mail.send(
            "mail/people/sign_in.md",
            to=email,
            context={"code": secret(context["code"]), "until": now + rules.CODE_LIFE},
            key=f"sign-in-{unguessable()}",
            now=now,
            is_urgent=True,
        )

    def generate_login_code(self) -> str:
        return codes.new_code()

    def get_login_stages(self) -> list[str]:
        # A passkey is another way in, not a second lock: who lost theirs comes in with a code.
        return ["allauth.account.stages.LoginByCodeStage"]

    def get_client_ip(self, request: HttpRequest) -> str:
        return NO_NETWORK


class KeyAdapter(DefaultMFAAdapter):
    """How a passkey names our site and the address it is for."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.SITE_NAME}

    def _get_site_name(self) -> str:
        return settings.SITE_NAME

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.email, "name": user.email}
