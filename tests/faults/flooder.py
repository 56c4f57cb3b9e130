"""One network that asks for pages and sends forms without end, over many lines at once; tells what it was answered."""

import itertools
import signal
import sys
import threading
from collections import Counter
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from tests.faults.writers import ARTICLE

PATHS = ("/zoeken/?q=toegankelijk", "/forum/", "/gemeenten/", "/", "/kennisbank/")
FORM_EVERY = 10  # one form in so many requests


def main(port: int, address: str, lines: int) -> None:
    answers: Counter[str] = Counter()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())

    def ask() -> None:
        for number, path in enumerate(itertools.cycle(PATHS)):
            if stop.is_set():
                return
            line = HTTPConnection("127.0.0.1", port, timeout=30, source_address=(address, 0))
            headers = {"Host": f"localhost:{port}", "Sec-Fetch-Site": "same-origin"}
            try:
                if number % FORM_EVERY == 0:
                    form = {"text": f"Vloed {threading.get_ident()} {number}", "name": "Elif", "email": "a@b.example"}
                    headers["Content-Type"] = "application/x-www-form-urlencoded"
                    line.request("POST", f"{ARTICLE}reageren/", urlencode(form), headers)
                else:
                    line.request("GET", f"{path}{'&' if '?' in path else '?'}n={number}", headers=headers)
                answer = line.getresponse()
                answer.read()
                answers[str(answer.status)] += 1
            except (OSError, HTTPException):
                answers["no answer"] += 1
            finally:
                line.close()

    threads = [threading.Thread(target=ask) for _ in range(lines)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    print(dict(sorted(answers.items())), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
