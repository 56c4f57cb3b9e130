"""A mail server on loopback that takes all mail, and writes down of each to whom it went, when, and the code in it.

python make/load_sink.py PORT FILE
"""

import asyncio
import json
import re
import sys
import time
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

from aiosmtpd.smtp import SMTP

_CODE = re.compile(r"^\d{6}\b")


class Sink:
    """What aiosmtpd asks when a mail was handed over."""

    def __init__(self, file: Any) -> None:
        self.file = file

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        head = message_from_bytes(envelope.content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
        code = _CODE.match(str(make_header(decode_header(head["Subject"] or ""))))
        line = {"to": envelope.rcpt_tos[0], "at": time.time(), "code": code[0] if code else ""}
        self.file.write(json.dumps(line) + "\n")
        return "250 taken"


async def main() -> None:
    with open(sys.argv[2], "a", buffering=1, encoding="utf-8") as file:
        loop = asyncio.get_running_loop()
        served = await loop.create_server(lambda: SMTP(Sink(file)), "127.0.0.1", int(sys.argv[1]))
        async with served:
            await served.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
