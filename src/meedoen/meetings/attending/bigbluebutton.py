"""Speaking to a BigBlueButton server by its API: each call carries a checksum with the secret that we share with it.

https://docs.bigbluebutton.org/development/api/ . Which server that is comes from the settings alone. ``http.client``, since
no call may take longer than people wait, whatever the server says under way.
"""

import contextlib
import hashlib
import http.client
import socket
import ssl
import threading
from urllib.parse import urlencode, urlsplit

import structlog
from cachetools import TTLCache
from django.conf import settings
from lxml import etree  # type: ignore[import-untyped]

ANSWER_SECONDS = 4  # for all calls of one press together: people wait, and so does a thread of ours
MAX_ANSWER_BYTES = 64 * 1024  # an answer is some hundreds
MADE_SECONDS = 60  # a room that was there a moment ago is not asked about again
AWAY_SECONDS = (
    15  # a server that did not answer is let be, so that all who press do not wait for it one after the other
)

log = structlog.get_logger(__name__)
_made: TTLCache[str, bool] = TTLCache(maxsize=256, ttl=MADE_SECONDS)
_away: TTLCache[str, bool] = TTLCache(maxsize=1, ttl=AWAY_SECONDS)
_lock = threading.Lock()


class Away(Exception):
    """It does not answer in time, or not as it should; its text is for who runs the site."""


def make(room: str, *, name: str, logout_url: str) -> None:
    """See to it that the room is there; who asks for one that is there already finds it. Raises ``Away``."""
    with _lock:
        if room in _made:
            return
        if settings.BBB_URL in _away:
            raise Away("it did not answer a moment ago")
    try:
        if not is_running(room):
            # Nothing is recorded here: a recording asks everybody's consent first.
            _ask("create", name=name, meetingID=room, record="false", logoutURL=logout_url)
    except Away as problem:
        log.warning("room.away", reason=str(problem))
        with _lock:
            _away[settings.BBB_URL] = True
        raise
    with _lock:
        _made[room] = True


def is_running(room: str) -> bool:
    """Whether somebody is in it. Raises ``Away``."""
    return _ask("isMeetingRunning", meetingID=room).findtext("running") == "true"


def join_address(room: str, *, name: str, is_host: bool) -> str:
    """Where somebody goes in, under their name; asks nobody anything."""
    return address("join", fullName=name, meetingID=room, role="MODERATOR" if is_host else "VIEWER", redirect="true")


def address(call: str, **given: str) -> str:
    """The address of a call, with its checksum: the hash of the call's name, its query and the secret, in a row."""
    query = urlencode(given)
    checksum = hashlib.new(settings.BBB_CHECKSUM, f"{call}{query}{settings.BBB_SECRET}".encode()).hexdigest()
    return f"{settings.BBB_URL}/api/{call}?{query}&checksum={checksum}"


def forget() -> None:
    """Forget what was answered before."""
    with _lock:
        _made.clear()
        _away.clear()


def _ask(call: str, **given: str) -> etree._Element:
    try:
        status, body = _get(address(call, **given))
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Away(f"{call}: {type(error).__name__}") from error
    if status != 200:  # what sends us on is no answer: nobody else is asked than whom the settings name
        raise Away(f"{call}: status {status}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        answer = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise Away(f"{call}: no XML") from error
    if answer.findtext("returncode") != "SUCCESS":
        raise Away(f"{call}: {answer.findtext('messageKey') or 'refused'}")
    return answer


def _get(url: str) -> tuple[int, bytes]:
    call = _Call(url)
    call.start()
    call.join(ANSWER_SECONDS / 2)
    if call.is_alive():
        call.cut()
        raise TimeoutError
    if call.problem:
        raise call.problem
    return call.answer


class _Call(threading.Thread):
    """One call, beside who waits for it: looking up the name, connecting and each byte have one deadline together.

    No time-out of a socket is that: it begins anew with each byte, and the name is looked up without one.
    """

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.parts = urlsplit(url)
        self.answer: tuple[int, bytes] = (0, b"")
        self.problem: Exception | None = None
        self._is_late = False
        self._held: socket.socket | None = None

    def run(self) -> None:
        """Ask, and keep the answer or what went wrong."""
        try:
            self.answer = self._ask()
        except (OSError, ValueError, http.client.HTTPException) as problem:
            self.problem = problem

    def cut(self) -> None:
        """Let nobody hold this thread any longer; below TLS, which would say goodbye first."""
        self._is_late = True
        if held := self._held:
            with contextlib.suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)

    def _ask(self) -> tuple[int, bytes]:
        is_secure = self.parts.scheme == "https"
        host = self.parts.hostname or ""
        port = self.parts.port or (http.client.HTTPS_PORT if is_secure else http.client.HTTP_PORT)
        with socket.create_connection((host, port), timeout=ANSWER_SECONDS / 2) as plain, plain.dup() as self._held:
            if self._is_late:
                raise TimeoutError
            connection = http.client.HTTPConnection(host, port)
            connection.sock = (
                ssl.create_default_context().wrap_socket(plain, server_hostname=host) if is_secure else plain
            )
            with contextlib.closing(connection):
                target = f"{self.parts.path}?{self.parts.query}"
                headers = {"Host": self.parts.netloc.rpartition("@")[2], "Accept": "application/xml"}
                connection.request("GET", target, headers=headers)
                answer = connection.getresponse()
                return answer.status, answer.read(MAX_ANSWER_BYTES)
