"""Taking a mail in: kept before anything is done with it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from meedoen.mail.incoming import answering, proof, rules, sealing
from meedoen.mail.incoming.models import Incoming


@transaction.atomic
def take_in(raw: bytes, *, sender: str, recipients: Sequence[str], door: str, now: datetime) -> int:
    """Keep a mail before anything is done with it, once for each address of ours; how many were new.

    What came before, with the same Message-ID and the same content, is kept already. Whoever hands a mail in may
    say that it was taken once the transaction around this is committed, and not before. The row is its place in line:
    the worker looks each second which mails are due.
    """
    head = proof.head_of(raw)
    author, _name = proof.author_of(head)
    told = f"{rules.message_id(str(head.get('Message-ID', '')))}\n{rules.digest(raw)}"
    count = 0
    for recipient in dict.fromkeys(map(rules.kept_address, recipients)):
        mark, *older = answering.keyed_by_all(f"{told}\n{recipient}")
        if older and Incoming.objects.filter(mark__in=older).exists():
            continue  # it was brought before the secret changed
        try:
            with transaction.atomic():
                key_id, sealed = sealing.close(raw, mark=mark, now=now)
                Incoming.objects.create(
                    mark=mark,
                    letter_mark=answering.keyed(told),
                    door=door,
                    key_id=key_id,
                    raw=sealed,
                    sender=rules.kept_address(sender),
                    author=rules.kept_address(author),
                    recipient=recipient,
                    received_at=now,
                    due_at=now,
                )
        except IntegrityError:
            continue  # it was brought twice
        count += 1
    return count
