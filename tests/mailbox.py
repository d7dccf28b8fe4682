"""A small mail server on loopback that answers as it is told to, and keeps what it was given."""

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class Mailbox:
    """says: command (EHLO, AUTH, MAIL, RCPT, DATA, END) → what it answers instead of yes; "drop" breaks the line."""

    def __init__(self) -> None:
        self.says: dict[str, str] = {}
        self.letters: list[EmailMessage] = []
        self.envelopes: list[tuple[str, tuple[str, ...]]] = []
        self.host, self.port = "", 0


class _Talk(socketserver.StreamRequestHandler):
    USUAL: Mapping[str, str] = {
        "EHLO": "250-box\r\n250 AUTH PLAIN", "AUTH": "235 welcome", "MAIL": "250 sender ok", "RCPT": "250 rcpt ok",
        "DATA": "354 go ahead", "END": "250 taken as 42", "RSET": "250 ok", "QUIT": "221 bye",
    }  # fmt: skip

    def handle(self) -> None:
        box: Mailbox = self.server.box  # type: ignore[attr-defined]
        sender, takers = "", []
        self._say("220 box ready")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "MAIL":
                sender = line.partition("<")[2].partition(">")[0]
            if word == "RCPT":
                takers.append(line.partition("<")[2].partition(">")[0])
            answer = box.says.get(word) or self.USUAL.get(word, "502 not known")
            if answer == "drop":
                return
            self._say(answer)
            if answer.startswith("354"):
                lines = []
                while (text := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(text.removeprefix(b"."))
                answer = box.says.get("END") or self.USUAL["END"]
                if answer == "drop":
                    return
                if answer.startswith("2"):
                    box.envelopes.append((sender, tuple(takers)))
                    parsed: Any = message_from_bytes(b"".join(lines), policy=policy.default)
                    box.letters.append(parsed)
                self._say(answer)
            if word == "QUIT":
                return

    def _say(self, answer: str) -> None:
        self.wfile.write(answer.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box = box  # type: ignore[attr-defined]
        box.host, box.port = server.server_address[0], server.server_address[1]  # type: ignore[assignment]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
