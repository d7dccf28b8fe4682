"""A closed-loop client: one keep-alive connection to loopback, the next request once the last answer is read."""

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

MOST = 2000  # requests a run can make, whatever is asked


@dataclass(frozen=True, slots=True)
class Ask:
    """{i} in path and body becomes the running number of the request."""

    path: str
    method: str = "GET"
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Answered:
    """seconds: of each answer. sent: bytes of the last body as transferred."""

    seconds: list[float] = field(default_factory=list)
    status: int = 0
    sent: int = 0
    encoding: str = ""


class Client:
    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.number = 0

    def run(self, ask: Ask, count: int) -> Answered:
        """Raises RuntimeError on the first answer that is no success."""
        done = Answered()
        for _ in range(min(count, MOST)):
            self.number += 1
            body = ask.body.replace("{i}", str(self.number)).encode() or None
            began = time.perf_counter()
            self.connection.request(
                ask.method, ask.path.replace("{i}", str(self.number)), body, {"Accept-Encoding": "gzip", **ask.headers}
            )
            answer = self.connection.getresponse()
            read = answer.read()
            done.seconds.append(time.perf_counter() - began)
            done.status, done.sent, done.encoding = answer.status, len(read), answer.headers.get("Content-Encoding", "")
            if not 200 <= answer.status < 300:
                raise RuntimeError(f"{ask.method} {ask.path}: {answer.status} {read[:300]!r}")
        return done
