"""The next hop: takes every mail and keeps it octet for octet."""

import socketserver
import threading


class NextHop:
    """Several listening addresses, one heap of mail."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self._arrived = threading.Condition()
        self._servers: list[socketserver.BaseServer] = []

    def listen(self, address: str, extensions: tuple[str, ...] = ("8BITMIME", "SIZE 10000000")) -> None:
        hop = self

        class Session(_Session):
            words = extensions

            def keep(self, message: bytes) -> None:
                hop._keep(message)

        server = _Server((address, 25), Session)
        self._servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def wait_for(self, token: str, seconds: float = 30) -> bytes | None:
        """The message that contains the token; None where none came in time."""
        octets = token.encode()

        def find() -> bytes | None:
            return next((message for message in self.messages if octets in message), None)

        with self._arrived:
            self._arrived.wait_for(lambda: find() is not None, seconds)
            return find()

    def _keep(self, message: bytes) -> None:
        with self._arrived:
            self.messages.append(message)
            self._arrived.notify_all()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class _Session(socketserver.StreamRequestHandler):
    timeout = 60
    words: tuple[str, ...] = ()

    def handle(self) -> None:
        self._say("220 next.test ESMTP")
        while line := self.rfile.readline(4096):
            verb = line[:4].upper()
            if verb == b"EHLO":
                self._say("\r\n".join(["250-next.test", *(f"250-{word}" for word in self.words), "250 ENHANCEDSTATUSCODES"]))
            elif verb == b"DATA":
                self._say("354 go ahead")
                self.keep(self._data())
                self._say("250 2.0.0 kept")
            elif verb == b"QUIT":
                self._say("221 2.0.0 bye")
                return
            else:
                self._say("250 2.0.0 ok")

    def _data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")
